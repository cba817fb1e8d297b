import { type AdfNode, bullets, doc, heading, link, panel, paragraph, steps, text } from './adf.ts';

/** The description of the epic: what the team asks of the tickets in its queue. */
export const guidelines: AdfNode = doc(
  paragraph('Tasks that somebody on rotation can pick up and hand over are children of this epic.'),
  heading(2, 'A ticket in the queue'),
  bullets(
    paragraph('has the type Task and an assignee, from the day on which work begins;'),
    paragraph('has a comment on each working day while it is in progress;'),
    paragraph(
      'says under ',
      text('Requirements', 'strong'),
      ' and ',
      text('Expected outcome', 'strong'),
      ' what a proposal must do;',
    ),
    paragraph('is flagged while something blocks it, with the reason in a comment or a link to the blocking ticket.'),
  ),
  heading(2, 'Proposals'),
  steps(
    paragraph('Simulate first: run ', text('dre', 'code'), ' with ', text('--dry-run', 'code'), '.'),
    paragraph('Write the id of the proposal into the ticket once it is submitted.'),
    paragraph('Close the ticket when the proposal is executed, not before.'),
  ),
  panel('info', paragraph('A ticket whose scope changes moves out of the queue, to the team that asked for it.')),
  paragraph('The tool is described at ', text('dfinity.github.io/dre', link('https://dfinity.github.io/dre/')), '.'),
);
