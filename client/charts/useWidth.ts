/** The width a chart has to draw in, in CSS pixels, so that type keeps its size whatever the panel's; and how many make a unit of the page (base.css). */
import { useCallback, useState, type RefCallback } from 'react'

/** The root's type is so many units high. */
const UNITS_OF_ROOT = 16

/** Goes on measuring when the element is another one later: a chart without values is drawn as a sentence. */
export function useWidth<E extends Element>(
  assumedPx: number,
): [ref: RefCallback<E>, widthPx: number, unitPx: number] {
  const [widthPx, setWidthPx] = useState(assumedPx)
  const [unitPx, setUnitPx] = useState(1)
  const ref = useCallback((element: E | null) => {
    if (!element) return undefined
    const observer = new ResizeObserver(([entry]) => {
      setWidthPx(Math.max(80, entry.contentRect.width))
      setUnitPx(parseFloat(getComputedStyle(document.documentElement).fontSize) / UNITS_OF_ROOT || 1)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, widthPx, unitPx]
}
