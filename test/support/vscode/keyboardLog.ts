/**
 * To run in a page before VS Code: keeps where the keyboard went and which question was open then, for a test that fails
 * because a question was gone. Whoever took the keyboard is named by the functions that called for it; what a page within
 * this one asks for is not seen as a call.
 */
export function keepKeyboardLog(): void {
  if (window.top !== window) return;
  const lines: string[] = [];
  const log = {
    add(what: string, target: EventTarget | null, more = ''): void {
      const element = target instanceof Element ? target : undefined;
      const name = element === undefined ? 'window' : [element.tagName, ...element.classList].slice(0, 4).join('.');
      const quick = document.querySelector<HTMLElement>('.quick-input-widget');
      const field = quick === null || quick.style.display === 'none' ? undefined : quick.querySelector('input');
      const open = field === undefined ? '' : `, open: “${field?.value ?? ''}” “${field?.placeholder ?? ''}”`;
      lines.push(`${new Date().toISOString().slice(11, 23)} ${what} ${name}${more}${open}`);
      if (lines.length > 80) lines.shift();
    },
  };
  for (const type of ['focusin', 'focusout']) {
    window.addEventListener(type, ({ target }) => log.add(type, target), true);
  }
  for (const type of ['blur', 'focus']) {
    window.addEventListener(type, ({ target }) => {
      if (target === window) log.add(type, target);
    });
  }
  // eslint-disable-next-line @typescript-eslint/unbound-method -- It is called with its element.
  const original = HTMLElement.prototype.focus;
  Object.assign(HTMLElement.prototype, {
    focus(this: HTMLElement, options?: FocusOptions): void {
      const callers = (new Error().stack ?? '').split('\n').slice(2, 7);
      log.add('focus()', this, ` by ${callers.map((line) => /at (\S+)/.exec(line)?.[1] ?? '?').join(' < ')}`);
      original.call(this, options);
    },
  });
  Object.assign(window, { drDreKeyboard: lines });
}

/** What `keepKeyboardLog` has kept, the oldest first. Runs in the page. */
export function keyboardLog(): readonly string[] {
  const { drDreKeyboard } = window as { drDreKeyboard?: readonly string[] };
  return drDreKeyboard ?? [];
}
