import type { Rotation } from '../../domain/rotation/rotation.ts';
import type { FeedKey } from '../../engine/read/store.ts';

/** The schedules of the settings and who holds them, by schedule id. */
export const rotationsKey: FeedKey<Rotation> = { name: 'rotations', keyOf: (rotation) => rotation.id };
