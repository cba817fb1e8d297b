import type { Mark } from '../../../src/domain/releases/timeline/marks.ts';
import { at } from '../../support/feeds/rolloutBuilder.ts';

/** What a mark has that is of no rollout in particular. */
export const plain = { wholeDay: false, urgent: false, targets: [], ofAll: false, during: null, opens: null } as const;

/** When the release was cut, and a shift around batch 12. */
export const [cut, shift]: readonly [Mark, Mark] = [
  { ...plain, id: 'cut', kind: 'cut', at: at(-4, 3, 30), text: 'rc--2026-08-20_03-30 cut', ofAll: true },
  {
    ...plain,
    id: 'shift',
    kind: 'shift',
    at: at(2, 7),
    text: 'DRE Ops Rotation: Dana',
    during: { start: at(2, 7), end: at(2, 10) },
  },
];
