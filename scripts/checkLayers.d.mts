/** What points the wrong way in the src/ of a checkout, as errors of the bundler. */
export function layerFaults(root: string): { text: string }[];
