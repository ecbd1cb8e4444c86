/** The width a drawing has, in the page's units: a drawing made in units grows with the type on a great screen. */
import { useCallback, useState, type RefCallback } from 'react'

const ROOT_FONT_UNITS = 16
const LEAST_UNITS = 120

export function useRoom<E extends Element>(assumed: number): [RefCallback<E>, number] {
  const [units, setUnits] = useState(assumed)
  const ref = useCallback((element: E | null) => {
    if (!element) return undefined
    const observer = new ResizeObserver(([entry]) => {
      const unitPx = parseFloat(getComputedStyle(document.documentElement).fontSize) / ROOT_FONT_UNITS
      setUnits(Math.max(LEAST_UNITS, Math.round(entry.contentRect.width / (unitPx || 1))))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, units]
}
