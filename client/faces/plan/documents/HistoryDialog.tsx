/** All versions of a scenario and its branches as a small tree; the one that is chosen is told against what is at hand. */
import { useEffect, useState } from 'react'
import { changesBetween } from '../../../../twin/scenario/changes.ts'
import { parseScenario, type Scenario } from '../../../../twin/scenario/document.ts'
import { formatClock, formatDay } from '../../../language/format.ts'
import { sayDocument } from '../../../language/documentWords.ts'
import { Dialog } from '../../../shell/Dialog.tsx'
import { useShell } from '../../../shell/shellContext.ts'
import { getTree, getVersion, type VersionFacts } from '../../../source/keptScenarios.ts'
import { useStore } from '../../../state/store.ts'
import { fromOf } from '../begin.ts'
import { ChangesList } from './ChangesList.tsx'
import { placeVersions, type PlacedVersion } from './history.ts'
import type { Document, Saved } from './useDocument.ts'
import { documentOf } from './work.ts'

const ROW_PX = 44
const COLUMN_PX = 18

interface HistoryDialogProps {
  readonly document: Document
  readonly saved: Saved
  onClose(): void
}

export function HistoryDialog({ document, saved, onClose }: HistoryDialogProps) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const [tree, setTree] = useState<readonly VersionFacts[]>([])
  const [chosenId, choose] = useState(saved.facts.id)
  const [chosen, setChosen] = useState<Scenario>()
  const [error, setError] = useState<string>()
  useEffect(() => {
    getTree(saved.facts.tree).then(setTree, (reason: Error) => setError(reason.message))
  }, [saved])
  useEffect(() => {
    getVersion(chosenId).then(
      ({ document: text }) => setChosen(parseScenario(text)),
      (reason: Error) => setError(reason.message),
    )
  }, [chosenId])
  const placed = placeVersions(tree)
  const { base } = saved.scenario
  const atHand = documentOf(document.work, {
    ...base,
    from: fromOf(document.work.begin, '') ?? base.from,
  })
  const isAtHand = chosenId === saved.facts.id
  const act = (what: (id: string) => Promise<void>) => {
    onClose()
    void what(chosenId)
  }
  return (
    <Dialog title={sayDocument('history')} onClose={onClose}>
      {error !== undefined && <p role="alert">{error}</p>}
      <div className="history">
        <Branches placed={placed} chosenId={chosenId} />
        <ol className="plain" aria-label={sayDocument('history')}>
          {placed.map(({ version }) => (
            <li key={version.id}>
              <VersionButton
                version={version}
                isChosen={version.id === chosenId}
                isAtHand={version.id === saved.facts.id}
                onChoose={() => choose(version.id)}
              />
            </li>
          ))}
        </ol>
      </div>
      {chosen && (
        <section className="stack" aria-live="polite">
          <h3>{sayDocument('history.changes')}</h3>
          <ChangesList changes={changesBetween(chosen, atHand)} from={chosen} to={atHand} city={city} />
          <div className="row">
            <button type="button" onClick={() => act(document.open)}>
              {sayDocument('history.open')}
            </button>
            {!isAtHand && (
              <button type="button" onClick={() => act(document.startMerge)}>
                {sayDocument('history.merge')}
              </button>
            )}
          </div>
        </section>
      )}
    </Dialog>
  )
}

interface VersionButtonProps {
  readonly version: VersionFacts
  readonly isChosen: boolean
  readonly isAtHand: boolean
  onChoose(): void
}

function VersionButton({ version, isChosen, isAtHand, onChoose }: VersionButtonProps) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone ?? 'UTC')
  const { title, author, savedMs, step } = version
  return (
    <button type="button" aria-pressed={isChosen} className="history-row" onClick={onChoose}>
      <span>
        {title} · {sayDocument('history.step', { step: step + 1 })}
        {isAtHand && ` · ${sayDocument('history.atHand')}`}
      </span>
      <small>
        {author !== undefined && `${author} · `}
        {formatDay(savedMs, timeZone)}, {formatClock(savedMs, timeZone)}
      </small>
    </button>
  )
}

/** Beside the list: a dot a version, lines to what it comes from. */
function Branches({ placed, chosenId }: { placed: readonly PlacedVersion[]; chosenId: string }) {
  const columns = Math.max(1, ...placed.map(({ column }) => column + 1))
  const x = (column: number) => COLUMN_PX * (column + 0.5)
  const y = (row: number) => ROW_PX * (row + 0.5)
  return (
    <svg
      className="history-tree"
      width={COLUMN_PX * columns}
      height={ROW_PX * placed.length}
      aria-hidden="true"
    >
      {placed.flatMap(({ version, column, parents }, row) =>
        parents.map((parent) => {
          const to = placed[parent].column
          const bend = y(parent) - ROW_PX / 2
          return (
            <path
              key={`${version.id} ${parent}`}
              d={`M${x(column)} ${y(row)}V${bend}L${x(to)} ${y(parent)}`}
            />
          )
        }),
      )}
      {placed.map(({ version, column }, row) => (
        <circle
          key={version.id}
          cx={x(column)}
          cy={y(row)}
          r={version.id === chosenId ? 6 : 4}
          data-chosen={version.id === chosenId}
        />
      ))}
    </svg>
  )
}
