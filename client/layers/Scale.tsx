/** A colour scale with what its steps mean and how much is in each of them now. */
export interface ScaleStep {
  readonly color: string
  readonly text: string
  /** How much is in this class, in the unit of the scale. */
  readonly count?: string
}

/** `unit` says what is counted. */
export function Scale({ title, steps, unit }: { title: string; steps: readonly ScaleStep[]; unit?: string }) {
  const isCounted = unit !== undefined && steps.some(({ count }) => count !== undefined)
  return (
    <>
      <p className="legend-title">
        {title}
        {isCounted && ` · ${unit}`}
      </p>
      <ul className="scale">
        {steps.map(({ color, text, count }) => (
          <li key={text}>
            <i style={{ background: color }} />
            {text}
            {isCounted && <b> {count}</b>}
          </li>
        ))}
      </ul>
    </>
  )
}
