/** How every inspector reads: what it is, values with unit and origin, the last hour. */
import type { ReactNode } from 'react'
import type { Origin } from '../../twin/kernel/table.ts'
import { say } from '../language/language.ts'
import './facts.css'

export interface Fact {
  readonly name: string
  /** With its unit. */
  readonly value: string
  /** 'map' is the map data, 'assumed' a documented default. */
  readonly origin: Origin | 'map' | 'assumed' | 'synthesised'
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
              {fact.value} <small>{say(`origin.${fact.origin}`)}</small>
            </dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  )
}
