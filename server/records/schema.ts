/** The tables of the records, declared once: types, audit and backup read this list; `migrations.ts` makes them. */

/** In an order in which rows can be written: what others refer to comes first. A table's first column is its key. */
export const recordTables = {
  requests: {
    clientId: 'text',
    cityId: 'text',
    serviceCode: 'text',
    lng: 'real',
    lat: 'real',
    description: 'text',
    filedMs: 'integer',
  },
  scenarios: {
    clientId: 'text',
    cityId: 'text',
    name: 'text',
    edits: 'text', // JSON
    horizonS: 'integer',
    savedMs: 'integer',
  },
  // on a request or on a scenario: one of the two is null
  comments: {
    clientId: 'text',
    requestId: 'text?',
    scenarioId: 'text?',
    text: 'text',
    language: 'text',
    filedMs: 'integer',
  },
  acknowledgements: { clientId: 'text', what: 'text', who: 'text', atMs: 'integer' },
  // what operators did about alarms; the twin's numbers of alarms hold for one run only
  alarmActs: {
    clientId: 'text',
    cityId: 'text',
    kind: 'text',
    source: 'integer',
    act: 'text', // acknowledge, shelve or unshelve
    untilMs: 'integer', // the city's time at which a shelf ends; 0 else
    reason: 'text',
    who: 'text',
    atMs: 'integer', // the city's time
  },
  // what desks did about incidents, people's reports and shifts: each folds from its steps, by the laws of `twin/desk/`
  deskActs: {
    clientId: 'text',
    cityId: 'text',
    kind: 'text', // incident, report or shift
    subject: 'text', // id of the incident, report or shift
    step: 'integer', // 0, 1, 2, … of its subject
    act: 'text',
    detail: 'text', // JSON: the act's own words
    who: 'text',
    atMs: 'integer', // the city's time
  },
  // a scenario's file, with where it stands among the versions before and beside it; its key is that of its scenario
  scenarioVersions: {
    clientId: 'text',
    cityId: 'text',
    tree: 'text', // the first version of all
    branch: 'text', // the first version of its branch
    step: 'integer', // 0, 1, 2, … of its branch
    parentId: 'text?',
    otherId: 'text?', // of a merge, the version that was merged into the parent
    hash: 'text', // SHA-256 of the document, by which files name their parent
    document: 'text', // as `twin/scenario/document.ts` writes it
    view: 'text', // what the map showed, as a query of the page's address
    savedMs: 'integer',
  },
  // a version laid open to all, frozen as its planner saw it
  publications: {
    clientId: 'text',
    cityId: 'text',
    versionId: 'text',
    body: 'text', // JSON
    picture: 'text', // of the map, a data URL; empty when there is none
    publishedMs: 'integer',
  },
  withdrawals: { clientId: 'text', publicationId: 'text', reason: 'text', withdrawnMs: 'integer' },
  configuration: { key: 'text', value: 'text', changedMs: 'integer' }, // value is JSON
  audit: {
    seq: 'integer', // 1, 2, 3, …
    atMs: 'integer',
    actor: 'text',
    action: 'text',
    subject: 'text', // <kind>:<key>, as `request:<clientId>`
    detail: 'text', // JSON
    previousHash: 'text',
    hash: 'text',
  },
} as const

export type RecordTable = keyof typeof recordTables
/** Tables whose rows the audit vouches for. */
export type KeptTable = Exclude<RecordTable, 'audit'>
export type Cell = string | number | null
export type Row = Record<string, Cell>

type CellOf<Kind> = Kind extends 'text' ? string : Kind extends 'text?' ? string | null : number
export type RowOf<T extends RecordTable> = {
  -readonly [C in keyof (typeof recordTables)[T]]: CellOf<(typeof recordTables)[T][C]>
}

export type Tables = { [T in RecordTable]: RowOf<T> } & {
  /** One row: how long the audit is, and its last hash. */
  auditHead: { id: number; seq: number; hash: string }
  migrations: { number: number; name: string; atMs: number }
}

/** The version that made a table, of those that came after the first backups. */
export const madeInVersion: Partial<Record<RecordTable, number>> = {
  alarmActs: 3,
  deskActs: 4,
  scenarioVersions: 5,
  publications: 5,
  withdrawals: 5,
}

/** What the audit calls a row of each table. */
export const kindOf: Record<KeptTable, string> = {
  requests: 'request',
  scenarios: 'scenario',
  comments: 'comment',
  acknowledgements: 'acknowledgement',
  alarmActs: 'alarmAct',
  deskActs: 'deskAct',
  scenarioVersions: 'version',
  publications: 'publication',
  withdrawals: 'withdrawal',
  configuration: 'configuration',
}

export const recordTableNames = Object.keys(recordTables) as RecordTable[]
export const keptTables = Object.keys(kindOf) as KeptTable[]

export function columnsOf(table: RecordTable): string[] {
  return Object.keys(recordTables[table])
}

export function keyColumn(table: RecordTable): string {
  return columnsOf(table)[0]
}
