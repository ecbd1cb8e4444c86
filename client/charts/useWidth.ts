/** The width a chart has to draw in, in CSS pixels, so that type keeps its size whatever the panel's. */
import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

export function useWidth<E extends Element>(assumedPx: number): [RefObject<E | null>, number] {
  const ref = useRef<E>(null)
  const [widthPx, setWidthPx] = useState(assumedPx)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => setWidthPx(Math.max(80, entry.contentRect.width)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, widthPx]
}
