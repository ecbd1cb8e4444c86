/** A colour scale with what its steps mean. */
export interface ScaleStep {
  readonly color: string
  readonly text: string
}

export function Scale({ title, steps }: { title: string; steps: readonly ScaleStep[] }) {
  return (
    <>
      <p className="legend-title">{title}</p>
      <ul className="scale">
        {steps.map(({ color, text }) => (
          <li key={text}>
            <i style={{ background: color }} />
            {text}
          </li>
        ))}
      </ul>
    </>
  )
}
