// What is done to every answer before a schema reads it, so that malformed text and deep nesting cause no errors later.

/**
 * Values that lie deeper than any of our services nests them are not read: functions that call themselves would fail.
 */
const deepest = 200;
/** Stands for what lies deeper. */
const tooDeep = '(nested too deep to be read)';

/**
 * The value of a JSON text, every text in it well-formed: half a character, which JSON can hold, becomes U+FFFD. What
 * is nested too deep is replaced. Throws for what is no JSON.
 */
export function parseAnswer(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // The walk costs as much as the parsing: most answers need none.
  return mayHoldHalves(text) || isDeep(text) ? cleaned(value) : value;
}

/** Halves can only be written as escapes: the decoding of bytes makes none. */
function mayHoldHalves(text: string): boolean {
  return /\\u[dD][89a-fA-F]/.test(text);
}

/** Counts brackets within texts too: then the walk is unnecessary, but harmless. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === openList || code === openObject) {
      if (++depth > deepest) return true;
    } else if (code === closeList || code === closeObject) depth--;
  }
  return false;
}

const [openList, closeList, openObject, closeObject] = ['[', ']', '{', '}'].map((each) => each.charCodeAt(0));

type Holder = Record<string | number, unknown>;

function cleaned(root: unknown): unknown {
  const top: Holder = { root };
  const left: { readonly holder: Holder; readonly depth: number }[] = [{ holder: top, depth: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { holder, depth } = next;
    for (const [name, value] of Object.entries(holder)) {
      const key = wellFormed(name);
      if (key !== name) Reflect.deleteProperty(holder, name);
      if (typeof value === 'string') put(holder, key, wellFormed(value));
      else if (typeof value === 'object' && value !== null) {
        if (depth >= deepest) put(holder, key, tooDeep);
        else {
          if (key !== name) put(holder, key, value);
          left.push({ holder: value as Holder, depth: depth + 1 });
        }
      } else if (key !== name) put(holder, key, value);
    }
  }
  return top['root'];
}

/** With the flag `u` a pair of surrogates is one character: what is left is a half. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '\ufffd');
}

/** A name such as `__proto__` is an ordinary name here. */
function put(holder: Holder, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}
