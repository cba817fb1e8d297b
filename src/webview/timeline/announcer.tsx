import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RolloutState } from '../../domain/releases/rollout.ts';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';
import { news } from './words.ts';

/** At most one announcement in this time, in milliseconds: a rollout changes often, and speech is slow. */
const pause = 10_000;

interface AnnouncerProps {
  readonly state: RolloutState;
  readonly timeline: Timeline;
}

/** Has screen readers say what changed in this rollout since the last announcement. */
export function Announcer({ state, timeline }: AnnouncerProps): JSX.Element {
  const announced = useRef({ state, timeline });
  const latest = useRef({ state, timeline });
  const timer = useRef<number | undefined>(undefined);
  const [text, setText] = useState('');
  latest.current = { state, timeline };
  useEffect(() => {
    const announce = (): void => {
      timer.current = undefined;
      const text = news(announced.current, latest.current);
      if (text === '') return;
      setText(text);
      announced.current = latest.current;
      timer.current = window.setTimeout(announce, pause);
    };
    if (timer.current === undefined) announce();
  }, [state, timeline]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return (
    <div class="unseen" role="status" aria-live="polite">
      {text}
    </div>
  );
}
