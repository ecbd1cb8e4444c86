/** The scenario at hand as a document: what it is called, how it stands, and what may be done with it. */
import { lazy, Suspense, useRef, useState } from 'react'
import { formatClock, formatNumber } from '../../../language/format.ts'
import { sayDocument } from '../../../language/documentWords.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { isDemo } from '../../../source/demo.ts'
import { useStore } from '../../../state/store.ts'
import type { Scenario } from '../useScenario.ts'
import './documents.css'
import { HeadFields } from './HeadFields.tsx'
import { saveText } from './saveText.ts'
import { ShareLink } from './ShareLink.tsx'
import { useDocument, type Document } from './useDocument.ts'
import { useFileDrop } from './useFileDrop.ts'

const OpenDialog = lazy(() => import('./OpenDialog.tsx').then(({ OpenDialog }) => ({ default: OpenDialog })))
const HistoryDialog = lazy(() =>
  import('./HistoryDialog.tsx').then(({ HistoryDialog }) => ({ default: HistoryDialog })),
)
const MergeDialog = lazy(() =>
  import('./MergeDialog.tsx').then(({ MergeDialog }) => ({ default: MergeDialog })),
)
const PublishDialog = lazy(() =>
  import('./publish/PublishDialog.tsx').then(({ PublishDialog }) => ({ default: PublishDialog })),
)

type Shown = 'open' | 'history' | 'publish' | 'share'

export function DocumentPanel({ scenario }: { scenario: Scenario }) {
  // a demo has no server to keep anything
  return isDemo ? null : <Panel scenario={scenario} />
}

function Panel({ scenario }: { scenario: Scenario }) {
  const { live } = useShell()
  const document = useDocument(live, scenario)
  const [shown, setShown] = useState<Shown>()
  const file = useRef<HTMLInputElement>(null)
  const more = useRef<HTMLDetailsElement>(null)
  const close = () => setShown(undefined)
  const show = (next: Shown) => {
    if (more.current) more.current.open = false
    setShown(next)
  }
  useFileDrop((text) => void document.import(text))
  const { saved, isDirty, isBusy, merging } = document
  const isEmpty = scenario.history.edits.length === 0
  return (
    <section className="stack document" aria-label={sayDocument('title')}>
      <DraftOffer document={document} />
      <HeadFields document={document} />
      <Standing document={document} />
      <div className="row">
        <button
          type="button"
          className={isDirty ? 'strong' : ''}
          disabled={isBusy || isEmpty || !isDirty}
          onClick={() => void document.save(false)}
        >
          {sayDocument('save')}
        </button>
        <button type="button" disabled={isBusy || isEmpty || !saved} onClick={() => void document.save(true)}>
          {sayDocument('branch')}
        </button>
        <button type="button" onClick={() => show('open')}>
          {sayDocument('open')}
        </button>
        <details ref={more} className="document-more push">
          <summary aria-label={sayDocument('more')}>⋯</summary>
          <div className="document-menu">
            <button type="button" disabled={!saved} onClick={() => show('history')}>
              {sayDocument('history')}
            </button>
            <button type="button" disabled={!saved || isDirty} onClick={() => show('share')}>
              {sayDocument('share')}
            </button>
            <button type="button" disabled={!saved || isDirty} onClick={() => show('publish')}>
              {sayDocument('publish')}
            </button>
            <button
              type="button"
              disabled={isBusy || isEmpty}
              onClick={() =>
                void document.export().then((text) => {
                  if (text !== undefined) saveText(`${document.head.title}.json`, text)
                })
              }
            >
              {sayDocument('export')}
            </button>
            <button type="button" onClick={() => file.current?.click()}>
              {sayDocument('import')}
            </button>
            <button type="button" disabled={!saved && isEmpty} onClick={document.begin}>
              {sayDocument('new')}
            </button>
          </div>
        </details>
        <input
          ref={file}
          type="file"
          hidden
          accept=".json,application/json"
          aria-label={sayDocument('import')}
          onChange={({ target }) => {
            void target.files?.[0]?.text().then((text) => document.import(text))
            target.value = ''
          }}
        />
      </div>
      {document.error !== undefined && <p role="alert">{document.error}</p>}
      <Suspense>
        {shown === 'open' && <OpenDialog document={document} onClose={close} />}
        {shown === 'history' && saved && <HistoryDialog document={document} saved={saved} onClose={close} />}
        {shown === 'publish' && saved && (
          <PublishDialog scenario={scenario} document={document} saved={saved} onClose={close} />
        )}
        {merging && <MergeDialog merging={merging} onEnd={document.endMerge} />}
      </Suspense>
      {shown === 'share' && <ShareLink onClose={close} />}
    </section>
  )
}

/** How it stands: saved, changed since, overtaken by others. */
function Standing({ document }: { document: Document }) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone ?? 'UTC')
  const { saved, isDirty, newer, told, warning, drafts } = document
  const time = (ms: number) => formatClock(ms, timeZone)
  return (
    <>
      <small role="status">
        {saved &&
          sayDocument(isDirty ? 'stand.changed' : 'stand.saved', {
            step: formatNumber(saved.facts.step + 1),
            time: time(saved.facts.savedMs),
          })}
        {!saved && isDirty && sayDocument('stand.unsaved')}{' '}
        {isDirty && !drafts.isKept && sayDocument('draft.notKept')} {told}
      </small>
      {warning !== undefined && <p className="document-note">{warning}</p>}
      {newer && (
        <div className="document-note stack" role="alert">
          <p>
            {sayDocument(isDirty ? 'newer.dirty' : 'newer.clean', {
              who: newer.author ?? sayDocument('newer.somebody'),
              time: time(newer.savedMs),
            })}
          </p>
          <div className="row">
            {isDirty ? (
              <>
                <button type="button" className="strong" onClick={() => void document.startMerge(newer.id)}>
                  {sayDocument('newer.merge')}
                </button>
                <button type="button" onClick={() => void document.save(true)}>
                  {sayDocument('newer.branch')}
                </button>
              </>
            ) : (
              <button type="button" className="strong" onClick={() => void document.open(newer.id)}>
                {sayDocument('newer.open')}
              </button>
            )}
          </div>
        </div>
      )}
    </>
  )
}

function DraftOffer({ document: { drafts } }: { document: Document }) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone ?? 'UTC')
  const { offered } = drafts
  if (offered === undefined) return null
  const { head, edits } = offered.work
  return (
    <div className="document-note stack">
      <p>
        {sayDocument('draft.offered', {
          title: head.title.trim() || sayDocument('untitled'),
          edits: formatNumber(edits.length),
          time: formatClock(offered.keptMs, timeZone),
        })}
      </p>
      <div className="row">
        <button type="button" onClick={drafts.take}>
          {sayDocument('draft.take')}
        </button>
        <button type="button" onClick={drafts.drop}>
          {sayDocument('draft.drop')}
        </button>
      </div>
    </div>
  )
}
