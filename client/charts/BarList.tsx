/** A ranked list with a bar behind each value: longest first, label and number always readable as text. */
import './charts.css'

export interface Bar {
  readonly key: string
  readonly label: string
  readonly value: number
  /** The value with its unit. */
  readonly text: string
}

export function BarList({ title, bars, max }: { title: string; bars: readonly Bar[]; max?: number }) {
  const longest = max ?? Math.max(...bars.map((bar) => Math.abs(bar.value)), 1e-9)
  return (
    <ol className="bar-list" aria-label={title}>
      {bars.map((bar) => (
        <li key={bar.key}>
          <span>{bar.label}</span>
          <b>{bar.text}</b>
          <i style={{ width: `${Math.min(100, (100 * Math.abs(bar.value)) / longest)}%` }} />
        </li>
      ))}
    </ol>
  )
}
