import { AsyncLocalStorage } from 'node:async_hooks';

// A way back through questions that follow each other. When a person goes back, the function that asks is called again
// from its start: what was answered before is given again without asking, and the question before is asked anew.

/** What a question resolves with when a person goes back. */
export const back = Symbol('back');

/** How a question is asked as a step of a chain. */
export interface StepOptions {
  /** There is a question before it: a button leads back to it. */
  readonly canGoBack: boolean;
  /** What was answered before the person went back to it. */
  readonly before: unknown;
}

type AskStep<T> = (options: StepOptions) => Promise<T | typeof back | undefined>;

interface StepAnswer {
  readonly value: unknown;
  /** A person can come back to it; not to a dialog. */
  readonly isQuestion: boolean;
}

/** The way back from the questions of a command to the choice that led to it. */
class WayBack {
  isOpen = true;
  isTaken = false;
}

class Chain {
  readonly #answers: StepAnswer[] = [];
  readonly #way: WayBack | undefined;
  #kept: readonly StepAnswer[];
  #before: unknown;
  wentBack = false;

  constructor(kept: readonly StepAnswer[], before: unknown, way: WayBack | undefined) {
    this.#kept = kept;
    this.#before = before;
    this.#way = way;
  }

  async step<T>(ask: AskStep<T>, isQuestion: boolean): Promise<T | undefined> {
    if (this.wentBack) return undefined;
    const kept = this.#kept[this.#answers.length];
    if (kept !== undefined) {
      this.#answers.push(kept);
      // The same question as before: the answers before it are the same.
      return kept.value as T;
    }
    const isFirstNew = this.#answers.length === this.#kept.length;
    const canGoBack = this.#way?.isOpen === true || this.#answers.some((answer) => answer.isQuestion);
    const value = await ask({ canGoBack, before: isFirstNew ? this.#before : undefined });
    if (value === back) {
      this.wentBack = true;
      return undefined;
    }
    this.#answers.push({ value, isQuestion });
    return value;
  }

  refuse(): void {
    this.#before = this.#answers.pop()?.value;
    this.#kept = [...this.#answers];
  }

  /** The chain that asks the last answered question anew; undefined where the way leads out of this one. */
  again(): Chain | undefined {
    const last = this.#answers.findLastIndex(({ isQuestion }) => isQuestion);
    if (last >= 0) return new Chain(this.#answers.slice(0, last), this.#answers[last]?.value, this.#way);
    if (this.#way !== undefined) this.#way.isTaken = true;
    return undefined;
  }
}

const chains = new AsyncLocalStorage<Chain>();
const ways = new AsyncLocalStorage<WayBack>();

/**
 * Runs a function that asks questions one after the other, with a way back from each to the one before. It is called
 * again at each step back, so that it may only ask and read, and must resolve with undefined when a question does.
 */
export async function withBack<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
  const way = ways.getStore();
  let chain: Chain | undefined = new Chain([], undefined, way?.isOpen === true ? way : undefined);
  while (chain !== undefined) {
    const answer = await chains.run(chain, ask);
    if (!chain.wentBack) return answer;
    chain = chain.again();
  }
  return undefined;
}

/**
 * Asks for a choice and runs what was chosen, until that ends: from the first question that it asks within `withBack` a
 * way leads back to the choice.
 */
export async function chooseAndRun<T>(
  choose: () => Promise<T | undefined>,
  run: (chosen: T) => PromiseLike<unknown>,
): Promise<void> {
  let before: T | undefined;
  for (;;) {
    const chosen = await chains.run(new Chain([], before, undefined), choose);
    if (chosen === undefined) return;
    const way = new WayBack();
    await ways.run(way, () => run(chosen));
    way.isOpen = false;
    if (!way.isTaken) return;
    before = chosen;
  }
}

/** Asks a question: as a step where it is asked within `withBack`, else by itself. */
export async function askInChain<T>(ask: AskStep<T>): Promise<T | undefined> {
  const chain = chains.getStore();
  return chain === undefined ? alone(ask) : chain.step(ask, true);
}

/** The same for a dialog of yes and no: it is given again when a person goes back over it, and never gone back to. */
export function askDialog(ask: () => Promise<boolean>): Promise<boolean> {
  const chain = chains.getStore();
  return chain === undefined ? ask() : chain.step(ask, false).then((answer) => answer ?? false);
}

/** Takes back the last answer, which was refused: the next question is asked in its place. */
export function refuseAnswer(): void {
  chains.getStore()?.refuse();
}

async function alone<T>(ask: AskStep<T>): Promise<T | undefined> {
  const value = await ask({ canGoBack: false, before: undefined });
  return value === back ? undefined : value;
}
