/** The one thing a resident is doing beside reading: near me, report, blackout minute, evening, past or list. Fetched behind the map. */
import { Suspense, useEffect, useRef, type ReactNode } from 'react'
import { lazyPart } from '../../state/lazyPart.ts'
import { say } from '../../language/language.ts'
import { BlackoutMinute } from '../../shell/BlackoutMinute.tsx'
import { EventList } from '../../shell/EventList.tsx'
import { EveningShow } from '../../shell/EveningShow.tsx'
import { Inspector } from '../../shell/Inspector.tsx'
import { LayerSwitch } from '../../shell/LayerSwitch.tsx'
import { ListBeside } from '../../shell/ListBeside.tsx'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import { NearMe } from './NearMe.tsx'
import type { Draft } from './draft.ts'
import type { PublicMode } from './publicMode.ts'
import { ReportForm } from './ReportForm.tsx'
import type { Outbox } from './useOutbox.ts'

const PublicPast = lazyPart(() =>
  import('./PublicPast.tsx').then(({ PublicPast }) => ({ default: PublicPast })),
)

export interface PublicTaskProps {
  readonly mode: Exclude<PublicMode, 'now'>
  readonly outbox: Outbox
  readonly draft: Draft
  readonly setDraft: (draft: Draft) => void
  readonly onBack: () => void
}

export function PublicTask({ mode, outbox, draft, setDraft, onBack }: PublicTaskProps) {
  const { live } = useShell()
  const hasSelection = useStore(live.store, ({ view }) => view.selection !== undefined)
  switch (mode) {
    case 'near':
      return (
        <Task title={say('near.title')} onBack={onBack} isHeld={hasSelection}>
          {hasSelection && <Inspector />}
          <NearMe />
        </Task>
      )
    case 'report':
      return (
        <Task title={say('report.title')} onBack={onBack} isHeld={false}>
          <ReportForm outbox={outbox} draft={draft} setDraft={setDraft} onDone={onBack} />
        </Task>
      )
    case 'blackout':
      return (
        <>
          <BlackoutMinute onLeave={onBack} />
          {hasSelection && <Inspector />}
        </>
      )
    case 'evening':
      return (
        <>
          <EveningShow onLeave={onBack} />
          {hasSelection && <Inspector />}
        </>
      )
    case 'past':
      return (
        <Task title={say('past.title')} onBack={onBack} isHeld={hasSelection}>
          <Suspense>
            <PublicPast />
          </Suspense>
          {hasSelection && <Inspector />}
          <EventList limit={6} />
        </Task>
      )
    case 'list':
      return (
        <Task title={say('list.title')} onBack={onBack} isHeld={hasSelection}>
          <ListBeside />
          {hasSelection && <Inspector />}
          <LayerSwitch />
        </Task>
      )
  }
}

interface TaskProps {
  readonly title: string
  readonly onBack: () => void
  /** Whether Escape means what is selected, and leaves the task alone. */
  readonly isHeld: boolean
  readonly children: ReactNode
}

function Task({ title, onBack, isHeld, children }: TaskProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section
      className="stack"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || isHeld) return
        event.preventDefault()
        onBack()
      }}
    >
      <div className="row">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="push" onClick={onBack}>
          {say('actions.back')}
        </button>
      </div>
      {children}
    </section>
  )
}
