/** An https address that holds no credentials, encoded so that it can stand in a document; undefined for all else. */
export function httpsAddress(text: string): string | undefined {
  const address = text.trim();
  if (address.length > 2_000 || !/^https:\/\/[^\s/?#@\p{C}]+([/?#][^\s\p{C}]*)?$/iu.test(address)) return undefined;
  return address.replace(/[<>()\\`"|]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
