/** How every inspector reads: what it is, values with unit and origin, the last hour. */
import type { ReactNode } from 'react'
import './facts.css'
import type { Origin } from './origin.ts'
import { Provenance } from './Provenance.tsx'

export interface Fact {
  readonly name: string
  /** With its unit. */
  readonly value: string
  readonly origin: Origin
}

export interface FactsProps {
  readonly title: string
  readonly kind: string
  /** One sentence, when the thing is not as it should be. */
  readonly alarm?: string
  readonly facts: readonly Fact[]
  readonly children?: ReactNode
}

export function Facts({ title, kind, alarm, facts, children }: FactsProps) {
  return (
    <section className="facts">
      <h2>{title}</h2>
      <p className="facts-kind">{kind}</p>
      {alarm !== undefined && <p className="facts-alarm">▲ {alarm}</p>}
      <dl>
        {facts.map((fact) => (
          <div key={fact.name}>
            <dt>{fact.name}</dt>
            <dd>
              {isBad(fact.origin) ? <s>{fact.value}</s> : <span>{fact.value}</span>}{' '}
              <small>
                <Provenance of={fact.origin} what={fact.name} />
              </small>
            </dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  )
}

/** What stands in a bad cell is struck out: it says nothing. */
function isBad(origin: Origin): boolean {
  return 'provenance' in origin && origin.provenance.quality === 'bad'
}
