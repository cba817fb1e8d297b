/** Calls back for each message of the host that has the right form; returns how to stop. */
export function onMessageOf<M>(isMessage: (data: unknown) => data is M, listener: (message: M) => void): () => void {
  const receive = (event: MessageEvent<unknown>): void => {
    if (isMessage(event.data)) listener(event.data);
  };
  window.addEventListener('message', receive);
  return () => window.removeEventListener('message', receive);
}
