import assert from "node:assert/strict";
import { commandOf, isWorthCopying } from "../../../static/portal/articles/commands.js";

const COPIED = [
  // what stands in the article, what is copied
  ["Get-Service wuauserv\n", "Get-Service wuauserv"],
  ["PS C:\\Users\\ana> Get-Service", "Get-Service"],
  ["PS> Get-Service", "Get-Service"],
  ["PS C:\\Program Files (x86)> dir", "dir"],
  ["PS HKLM:\\> ls", "ls"],
  ["[server1]: PS C:\\> hostname", "hostname"],
  ["C:\\Windows\\System32>sfc /scannow", "sfc /scannow"],
  ["C:\\> ipconfig /all", "ipconfig /all"],
  ["C:\\tools\\x.exe > out.txt", "C:\\tools\\x.exe > out.txt"],
  ["C:\\tools\\x.exe>out.txt", "C:\\tools\\x.exe>out.txt"],
  ["C:\\tools\\x /a>out.txt", "C:\\tools\\x /a>out.txt"],
  ["$ sudo profiles -N", "sudo profiles -N"],
  ["$name = 1\n$name", "$name = 1\n$name"],
  ["root@host:~# systemctl stop x", "systemctl stop x"],
  ["ana@mac ~ % sw_vers", "sw_vers"],
  ["ana@host:/var/log$ tail -f syslog", "tail -f syslog"],
  ["[root@host ~]# id", "id"],
  ["DISKPART> list disk", "list disk"],
  ["# stop it first\nStop-Service x", "# stop it first\nStop-Service x"],
  ["# only a remark", "# only a remark"],
  ["PS C:\\> a\nName  State\n----  -----\nx     Up\n\nPS C:\\> b", "a\nb"],
  ["PS> a |\n>> b\nanswer", "a |\nb"],
  ["$ docker run \\\n>   -it x\nok", "docker run \\\n  -it x"],
  ["$ a \\\n  --b\n$ c", "a \\\n  --b\nc"],
  ["1: a\n2: b", "a\nb"],
  ["1 | a\n2 |   b\n3 |", "a\n  b"],
  [" 8 if x:\n 9     y\n10 z", "if x:\n    y\nz"],
  ["8  if x:\n9      y\n10 z", "if x:\n    y\nz"],
  ["1\ta\n2\tb", "a\nb"],
  ["1 a\n2 b\n3 c", "a\nb\nc"],
  ["1. Open\n2. Close", "1. Open\n2. Close"],
  ["1 Windows\n2 iOS", "1 Windows\n2 iOS"],
  ["1 a\n3 b\n4 c", "1 a\n3 b\n4 c"],
  ["1 $ a\n2 $ b\n3 $ c", "a\nb\nc"],
  ["a\u00a0-b\u200b", "a -b"],
  ["\n\n    indented\n  less", "    indented\n  less"],
  ["<key>x</key>\n<true/>", "<key>x</key>\n<true/>"],
  ["Key: value\r\nOther: value\r\n", "Key: value\nOther: value"],
  ["", ""],
  ["   ", ""],
];
for (const [shown, copied] of COPIED) {
  Deno.test(`of ${JSON.stringify(shown)} is copied ${JSON.stringify(copied)}`, () => {
    assert.equal(commandOf(shown), copied);
  });
}

for (
  const [text, is] of [
    ["Get-Service wuauserv", true],
    ["C:\\Windows\\Logs\\CBS", true],
    ["HKLM\\SOFTWARE\\x", true],
    ["0x80070005", false],
    ["ls -l", false],
    ["Authenticator", false],
  ]
) {
  Deno.test(`"${text}" in a sentence ${is ? "has" : "has no"} button`, () => {
    assert.equal(isWorthCopying(text), is);
  });
}
