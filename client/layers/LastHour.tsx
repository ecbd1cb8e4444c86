/** The last hour of one column of one row, from the server's history, with yesterday's where it has one. */
import { use, useEffect, useState } from 'react'
import type { Kind } from '../../twin/kernel/provenance.ts'
import { between } from '../charts/series.ts'
import { TimeSeries } from '../charts/TimeSeries.tsx'
import { say } from '../language/language.ts'
import { addressOf } from '../source/address.ts'
import { isServerless } from '../source/serverless.ts'
import { PastTime } from './pastTime.ts'

interface Values {
  readonly timesMs: readonly number[]
  readonly values: Readonly<Record<string, readonly number[]>>
}
interface Answer extends Values {
  readonly provenance: Readonly<Record<string, { readonly kind: Kind }>>
  readonly yesterday?: Values
}

export interface LastHourProps {
  readonly table: string
  readonly row: number
  readonly column: string
  readonly title: string
  readonly format: (value: number) => string
  readonly timeZone: string
  readonly limit?: number
  /** Another column of the row, and its value now: only what came with the same value is shown. */
  readonly since?: { readonly column: string; readonly value: number }
}

const MINUTES = 60
const HOUR_MS = 3_600_000
/** As far as the server keeps every row's course: a recorded moment within it has its hour too. */
const MOST_MINUTES = 180
/** The server keeps a value a few seconds to a minute apart; asking more often shows nothing new. */
const ASK_EVERY_MS = 15_000

export function LastHour({ table, row, column, title, format, timeZone, limit, since }: LastHourProps) {
  const [answer, setAnswer] = useState<{ key: string; body: Answer | undefined } | undefined>(undefined)
  const pastMs = use(PastTime)
  const minutes = pastMs === undefined ? MINUTES : MOST_MINUTES
  const key = `${table}/${row}?minutes=${minutes}`
  useEffect(() => {
    if (isServerless) return
    const stop = new AbortController()
    const ask = () =>
      fetch(addressOf(`/api/history/${key}`), { signal: stop.signal })
        .then((response) => (response.status === 200 ? (response.json() as Promise<Answer>) : undefined))
        .then((body) => setAnswer({ key, body }))
        .catch(() => {
          // the status line says that the server is away; the chart keeps what it has
        })
    void ask()
    const timer = setInterval(ask, ASK_EVERY_MS)
    return () => {
      stop.abort()
      clearInterval(timer)
    }
  }, [key])

  const series = (values: Values | undefined) => {
    if (values?.values[column] === undefined) return undefined
    const other = since && values.values[since.column]
    const from = other ? other.findLastIndex((value) => value !== since.value) + 1 : 0
    const whole = { timesMs: values.timesMs.slice(from), values: values.values[column].slice(from) }
    return pastMs === undefined ? whole : between(whole, pastMs - HOUR_MS, pastMs)
  }
  const body = answer?.key === key ? answer.body : undefined
  const shown = series(body)
  if (shown === undefined || shown.values.length < 2)
    return <p className="facts-kind">{say('inspector.noHistory')}</p>
  return (
    <TimeSeries
      title={title}
      format={format}
      series={shown}
      yesterday={series(body?.yesterday)}
      timeZone={timeZone}
      limit={limit}
      origin={kindWord(body?.provenance[column]?.kind)}
    />
  )
}

function kindWord(kind: Kind | undefined): string | undefined {
  return kind && say(`origin.${kind}`)
}
