/** English, of the first answer to a scenario: what it says before any run, and what it does not hold. */
export const enPreliminary = {
  agreed:
    'How often it was right: of {edits} edits tried at 18:00, its direction agreed with the runs in {agreed} of {of} measures with a clear change ({date}).',
  busesNotJudged: 'Of {edits} only what it does to cars, not to buses.',
  demandEdited: 'Who travels is as the edits say; everybody else goes where they went, by car as before.',
  demandHeld: 'Demand held fixed: everybody goes where they went, by car as before; only their ways change.',
  failed: 'There is no first answer: {why}',
  holds:
    'Usual traffic of {hour}, settled on its best ways. Not in it: queues that grow and spill back, buses, reports, what is unusual today.',
  in: 'made in {s} s',
  making: 'First answer: being made …',
  mark: 'Preliminary',
  notJudged: 'Not judged: {edits}.',
  refused: 'Cannot be made here: {edit}, because {why}.',
  share: 'The edits hold for {share} % of the time; the flows on the map are of then.',
  title: 'First answer, preliminary',
  withoutWay: '{n} cars an hour find no way.',
} as const
