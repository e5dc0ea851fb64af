// The addresses of resolutions and steps inside an article: what texts/anchors.py makes, read.
// "resolution-2-step-3-1" is step 3.1 of the second resolution, in every language.

// The number of a step as a person writes it.
export const numberOf = (anchor) => anchor.replace(/^.*-step-/, "").replaceAll("-", ".");

// The resolution of a step; of no step, the anchor itself.
export const resolutionOf = (anchor) => anchor.replace(/-step-.*/, "");

// The number of the resolution and of the step in it, of whatever is below that step; null of no step.
export function placeOf(anchor) {
  const place = /^resolution-(\d+)-step-(\d+)/.exec(anchor);
  return place && { resolution: place[1], step: place[2] };
}
