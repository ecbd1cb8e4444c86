/** Shapes that stand beside colours and words: of alarms, of the state of the line, of report categories. */
import type { Priority } from '../../twin/alarms/catalogue.ts'
import type { Service } from '../../twin/reports/services.ts'
import type { ConnectionState } from '../state/store.ts'

const priorityPaths: Readonly<Record<Priority, string>> = {
  critical: 'M5 0h6l5 5v6l-5 5H5l-5-5V5z',
  high: 'M8 0.5 16 15.5H0z',
  medium: 'M1 1h14v14H1z',
}

/** Filled while it is up; hollow when it is over and not yet seen. */
export function PriorityMark({ priority, isOver = false }: { priority: Priority; isOver?: boolean }) {
  const color = `var(--alarm-${priority})`
  return (
    <svg viewBox="0 0 16 16" width="1em" height="1em" aria-hidden="true">
      <path
        d={priorityPaths[priority]}
        fill={isOver ? 'none' : color}
        stroke={color}
        strokeWidth={isOver ? 2 : 0}
      />
    </svg>
  )
}

/** Live is a full disc, connecting a ring, late a triangle, lost a cross. */
export function LineMark({ state }: { state: ConnectionState }) {
  return (
    <svg viewBox="0 0 16 16" width="1em" height="1em" aria-hidden="true">
      {state === 'live' && <circle cx="8" cy="8" r="6" fill="currentColor" />}
      {state === 'connecting' && (
        <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />
      )}
      {state === 'late' && <path d={priorityPaths.high} fill="var(--alarm-high)" />}
      {(state === 'lost' || state === 'outdated') && (
        <path d="M3 3l10 10M13 3L3 13" stroke="var(--alarm-critical)" strokeWidth="3.5" />
      )}
    </svg>
  )
}

/** What is shown was recorded: two arrows back. */
export function PastMark() {
  return (
    <svg viewBox="0 0 16 16" width="1em" height="1em" aria-hidden="true">
      <path d="M8 2v12L0.5 8zM15.5 2v12L8 8z" fill="currentColor" />
    </svg>
  )
}

const servicePaths: Readonly<Record<Service['shape'], string>> = {
  circle: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z',
  square: 'M2 2h12v12H2z',
  triangle: 'M8 1.5 15 14.5H1z',
  diamond: 'M8 0.5 15.5 8 8 15.5.5 8z',
  cross: 'M5.5 1h5v4.5H15v5h-4.5V15h-5v-4.5H1v-5h4.5z',
}

export function ServiceMark({ shape }: { shape: Service['shape'] }) {
  return (
    <svg viewBox="0 0 16 16" width="1em" height="1em" aria-hidden="true">
      <path d={servicePaths[shape]} fill="var(--report)" />
    </svg>
  )
}
