/** Lays a saved version open to all: what is asked before, what goes out, and what is out already, which may be withdrawn. */
import { useRef, useState, type FormEvent } from 'react'
import { sayDocument } from '../../../../language/documentWords.ts'
import { formatNumber } from '../../../../language/format.ts'
import { Dialog } from '../../../../shell/Dialog.tsx'
import { useShell } from '../../../../shell/shellContext.ts'
import { makeClientId } from '../../../../source/clientId.ts'
import { putPublication } from '../../../../source/keptScenarios.ts'
import { endOfDayMs } from '../../../../source/zoneOffset.ts'
import { useStore } from '../../../../state/store.ts'
import { measuredOf } from '../../measured.ts'
import type { Scenario } from '../../useScenario.ts'
import type { Document, Saved } from '../useDocument.ts'
import { publishedEdits, publishedMeasures } from './publicationOf.ts'
import { PublishedList } from './PublishedList.tsx'
import { PublishPicture } from './PublishPicture.tsx'
import './publish.css'

const DAY_MS = 86_400_000
const OPEN_DAYS = 28

interface PublishDialogProps {
  readonly scenario: Scenario
  readonly document: Document
  readonly saved: Saved
  onClose(): void
}

export function PublishDialog({ scenario, document, saved, onClose }: PublishDialogProps) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const [contact, setContact] = useState(document.head.author)
  const [assumptions, setAssumptions] = useState(document.head.notes)
  const [openedMs] = useState(() => Date.now())
  const [closes, setCloses] = useState(dayOf(openedMs + OPEN_DAYS * DAY_MS))
  const [picture, setPicture] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const [news, setNews] = useState(0)
  // sent again after a lost line it is the same publication
  const id = useRef(makeClientId())
  const measured = measuredOf(live, scenario)
  const isReady = city !== undefined && picture !== undefined && !isBusy && contact.trim() !== ''
  const { edits } = saved.scenario

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (city === undefined || picture === undefined || !isReady) return
    setBusy(true)
    setError(undefined)
    publishedEdits(edits, city)
      .then((published) =>
        putPublication(
          id.current,
          {
            version: saved.facts.id,
            assumptions: assumptions.trim(),
            contact: contact.trim(),
            // to the end of that day in the city, wherever the planner is
            comments: { opensMs: openedMs, closesMs: endOfDayMs(closes, city.info.timeZone) },
            edits: published,
            ...(measured && { measures: publishedMeasures(measured, city) }),
          },
          picture,
        ),
      )
      .then(
        () => {
          id.current = makeClientId()
          setNews((before) => before + 1)
        },
        (reason: Error) => setError(reason.message),
      )
      .finally(() => setBusy(false))
  }

  return (
    <Dialog title={sayDocument('publish.title', { title: saved.facts.title })} onClose={onClose}>
      <PublishedList tree={saved.facts.tree} news={news} />
      <form className="stack publish" onSubmit={submit}>
        <p>{sayDocument('publish.what')}</p>
        <PublishPicture edits={edits} picture={picture} onPicture={setPicture} />
        <small>{sayDocument('publish.pictureHint')}</small>
        <p className={measured ? '' : 'document-note'}>{wordsOfMeasured(measured?.pairs)}</p>
        <label>
          {sayDocument('publish.assumptions')}
          <textarea
            rows={4}
            maxLength={5000}
            value={assumptions}
            onChange={({ target }) => setAssumptions(target.value)}
          />
        </label>
        <label>
          {sayDocument('publish.contact')}
          <input
            type="text"
            maxLength={200}
            required
            value={contact}
            onChange={({ target }) => setContact(target.value)}
          />
        </label>
        <label>
          {sayDocument('publish.closes')}
          <input
            type="date"
            required
            min={dayOf(openedMs)}
            value={closes}
            onChange={({ target }) => setCloses(target.value)}
          />
        </label>
        {error !== undefined && <p role="alert">{error}</p>}
        <button type="submit" className={isReady ? 'strong' : ''} disabled={!isReady}>
          {sayDocument('publish.act')}
        </button>
      </form>
    </Dialog>
  )
}

/** What is measured of it goes with it. */
function wordsOfMeasured(pairs: number | undefined): string {
  if (pairs === undefined) return sayDocument('publish.notMeasured')
  if (pairs === 1) return sayDocument('publish.measuredOne')
  return sayDocument('publish.measured', { pairs: formatNumber(pairs) })
}

/** As a date field says it, by the reader's own calendar. */
function dayOf(timeMs: number): string {
  const at = new Date(timeMs)
  return new Date(timeMs - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}
