/** How many lines of a list there is room for in its panel, whole ones: the others are counted in words. */
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/**
 * `list` stands in a panel that cuts what is beyond its room; `key` says what stands in the list, so that another list is tried
 * whole again, as it is when the column of panels changes its size. `least` 0: of a single line, its last words may go too.
 */
export function useFitting(
  most: number,
  key: string,
  least: 0 | 1 = 1,
): { list: RefObject<HTMLDivElement | null>; fit: number } {
  const list = useRef<HTMLDivElement>(null)
  const [tried, setTried] = useState({ key, fit: most })
  const fit = tried.key === key ? tried.fit : most
  useLayoutEffect(() => {
    const panel = list.current?.parentElement
    if (panel && fit > least && panel.scrollHeight > panel.clientHeight + 1) setTried({ key, fit: fit - 1 })
  }, [key, fit, least, tried])
  useEffect(() => {
    // the column, not the panel: the panel may be as high as what it holds
    const column = list.current?.parentElement?.parentElement
    if (!column) return
    const observer = new ResizeObserver(() => setTried({ key: '', fit: most }))
    observer.observe(column)
    return () => observer.disconnect()
  }, [most])
  return { list, fit }
}
