// What is copied of a block of code: what somebody would type, without prompts and line numbers.

// What a terminal writes before a command. "#" alone begins a comment far more often.
const BEGINS = new RegExp(`^(?:${
  [
    String.raw`(?:\[[^\]\n]+\]:? )?PS(?: [^<>|"*?\n]*)?> ?`, // PowerShell, of another computer too
    String.raw`[A-Za-z]:\\(?:[^<>|"*?/\n]*[^<>|"*?/\s])?(?<!\.(?:exe|cmd|bat|com|ps1))>\s*`, // cmd.exe
    String.raw`(?:\([\w.-]+\) )?[\w.-]+@[\w.-]+(?:[: ][^<>|"*?$#%\n]*)? ?[$#%] `,
    String.raw`\[[\w.-]+@[\w.-]+ [^\]\n]+\][$#] ?`,
    String.raw`\$ `,
    String.raw`(?:DISKPART|netsh|SQL|mysql|sqlite|ftp|>>)> ?`,
  ].join("|")
})`);
// What it writes before the further lines of one.
const GOES_ON = /^(?:>> ?|> |\.\.\. ?)/;
const IS_OPEN = /(?:[\\`^|,({[]|&&)\s*$/;
const IS_REMARK = /^(?:# |REM |:: )/i;

const rows = (text) => text.split("\n");

// The lines without the numbers before them; a list of two may be a list of anything.
function unnumbered(lines) {
  const told = lines.map((line) => /^\s*(\d+)(\s*[:|] ?|\t|(?= |$))(.*)$/.exec(line));
  const isCounted = told.every((found, at) =>
    found && Number(found[1]) === Number(told[0][1]) + at
  );
  if (!isCounted || lines.length < 2) return lines;
  if (told.every(([, , mark]) => mark)) return told.map(([, , , rest]) => rest);
  const column = Math.max(...told.map(([line, , , rest]) => line.length - rest.length)) + 1;
  const isAligned = lines.every((line, at) => line.slice(0, column).trim() === told[at][1]);
  return lines.length > 2 && isAligned ? lines.map((line) => line.slice(column)) : lines;
}

// Of a session only what was typed: what the computer answered is no command.
function typed(lines) {
  if (!lines.some((line) => BEGINS.test(line))) return lines;
  const found = [];
  let isCommand = false;
  let isOpen = false;
  for (const line of lines) {
    const prompt = (BEGINS.exec(line) ?? (isCommand && GOES_ON.exec(line)))?.[0] ?? "";
    isCommand = Boolean(prompt || isOpen || IS_REMARK.test(line));
    if (!isCommand) continue;
    const words = line.slice(prompt.length);
    if (words.trim()) found.push(words);
    isOpen = IS_OPEN.test(words);
  }
  return found;
}

// The text for the clipboard. It ends without a line break, so that a terminal waits for Enter.
export function commandOf(text) {
  const plain = text.replace(/\r\n?/g, "\n").replace(/[\u00a0\u202f]/g, " ")
    .replace(/[\u200b\u2060\ufeff\u00ad]/g, "").replace(/^\s*\n|\s+$/g, "");
  return typed(unnumbered(rows(plain))).map((line) => line.trimEnd()).join("\n").trimEnd();
}

// Inside a sentence: what is long enough that nobody should retype it.
export const isWorthCopying = (text) => text.length >= 12 && /[\s\\/:=-]/.test(text.trim());
