import type { Alert } from '../../../domain/alerts/alert.ts';
import { isUrgent } from '../../../domain/alerts/alert.ts';
import { alertText } from '../../../domain/alerts/name.ts';
import { priorityWord } from '../../../domain/alerts/priorityWords.ts';
import { hour, type Instant } from '../../../domain/base/time.ts';
import type { Links } from '../../../domain/links/join.ts';
import type { Proposal } from '../../../domain/proposals/proposal.ts';
import { candidateOf, electionDay, type Release } from '../../../domain/releases/release.ts';
import type { Rollout } from '../../../domain/releases/rollout.ts';
import { mostMarks, type Mark } from '../../../domain/releases/timeline/marks.ts';
import type { Rotation } from '../../../domain/rotation/rotation.ts';
import { samePeople, stretches } from '../../../domain/rotation/shift.ts';
import { placeOf } from '../../../views/links/places.ts';
import { shorten } from '../../../views/kit/format.ts';
import { names } from '../../../views/rotation/statusBar.ts';

/** What the marks of a rollout are made from. */
export interface MarkSources {
  readonly releases: Iterable<Release>;
  readonly rotations: Iterable<Rotation>;
  /** Undefined until the records are joined: then neither alerts nor proposals are known. */
  readonly links: Links | undefined;
  readonly now: Instant;
}

/** Longer texts are cut. */
const longestText = 200;

const plain = { wholeDay: false, urgent: false, targets: [], ofAll: false, during: null, opens: null } as const;

/** What happens on the axis of a rollout, earliest first. */
export function marksOf(rollout: Rollout, { releases, rotations, links, now }: MarkSources): readonly Mark[] {
  const marks = [
    ...[...releases].flatMap((release) => ofRelease(release, rollout)),
    ...(links === undefined ? [] : [...alerts(rollout, links), ...deadlines(rollout, links)]),
    ...[...rotations].flatMap(shifts),
  ];
  const nearest = marks.toSorted((a, b) => Math.abs(a.at - now) - Math.abs(b.at - now)).slice(0, mostMarks);
  return nearest.sort((a, b) => a.at - b.at).map((mark) => ({ ...mark, text: shorten(mark.text, longestText) }));
}

function ofRelease(release: Release, rollout: Rollout): readonly Mark[] {
  const { name, versions } = release;
  const commits = new Set(versions.map(({ commit }) => commit));
  const targets = rollout.batches.flatMap((batch) =>
    batch.targets.filter(({ revision }) => revision !== undefined && commits.has(revision)).map(({ id }) => id),
  );
  const ofAll = rollout.revision !== undefined && commits.has(rollout.revision);
  const about = { ...plain, targets, ofAll };
  const cut = candidateOf(name)?.cutAt;
  const friday = electionDay(release);
  return [
    ...(cut === undefined ? [] : [{ ...about, id: `cut ${name}`, kind: 'cut' as const, at: cut, text: `${name} cut` }]),
    ...(friday === undefined
      ? []
      : [
          {
            ...about,
            id: `election ${name}`,
            kind: 'election' as const,
            at: friday + 12 * hour,
            wholeDay: true,
            text: `Elections of ${name} are due`,
          },
        ]),
  ];
}

function alerts(rollout: Rollout, links: Links): readonly Mark[] {
  const found = new Map<string, { readonly alert: Alert; readonly targets: string[] }>();
  for (const { targets } of rollout.batches) {
    for (const target of targets) {
      for (const alert of links.alertsAt(placeOf(rollout, target))) {
        const known = found.get(alert.id);
        if (known === undefined) found.set(alert.id, { alert, targets: [target.id] });
        else known.targets.push(target.id);
      }
    }
  }
  return [...found.values()].map(({ alert, targets }) => ({
    ...plain,
    id: `alert ${alert.id}`,
    kind: 'alert',
    at: alert.createdAt,
    text: `${priorityWord(alert)}, ${alert.status}: ${alertText(alert)}`,
    urgent: isUrgent(alert),
    targets: [...new Set(targets)],
    opens: { kind: 'alert', id: alert.id },
  }));
}

function deadlines(rollout: Rollout, links: Links): readonly Mark[] {
  const found = new Map<bigint, { readonly proposal: Proposal; readonly targets: string[]; readonly ofAll: boolean }>();
  const election = links.openProposal('elects', rollout);
  if (election !== undefined) found.set(election.id, { proposal: election, targets: [], ofAll: true });
  for (const { targets } of rollout.batches) {
    for (const target of targets) {
      if (target.state !== 'waiting_for_election') continue;
      const proposal = links.openProposal('deploys', rollout, target.revision, placeOf(rollout, target));
      if (proposal === undefined) continue;
      const known = found.get(proposal.id);
      if (known === undefined) found.set(proposal.id, { proposal, targets: [target.id], ofAll: false });
      else known.targets.push(target.id);
    }
  }
  return [...found.values()].flatMap(({ proposal: { id, deadline, title }, targets, ofAll }) =>
    deadline === undefined
      ? []
      : {
          ...plain,
          id: `deadline ${id}`,
          kind: 'deadline',
          at: deadline,
          text: `Voting on proposal ${id} ends: ${title}`,
          targets,
          ofAll,
          opens: { kind: 'proposal', id: `${id}` },
        },
  );
}

/** Nights with nobody on call between two turns of the same people are no change. */
function shifts({ id, name, past = [], shifts: coming }: Rotation): readonly Mark[] {
  const turns: { people: (typeof all)[number]['people']; start: Instant; end: Instant }[] = [];
  const all = stretches([...past, ...coming]);
  for (const { people, start, end } of all) {
    const last = turns.at(-1);
    if (last !== undefined && samePeople(last.people, people)) last.end = end;
    else turns.push({ people, start, end });
  }
  return turns.map(({ people, start, end }) => ({
    ...plain,
    id: `shift ${id} ${start}`,
    kind: 'shift',
    at: start,
    text: `${name}: ${names(people)}`,
    during: { start, end },
  }));
}
