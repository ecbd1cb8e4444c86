/** A list of which one row is chosen, worked by keys: arrows choose, the list's own keys act on what is chosen. */
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'

interface Row {
  readonly id: string
}

export interface DeskListProps<T extends Row> {
  /** Of the list in the page, and the beginning of its rows' ids. */
  readonly id: string
  readonly label: string
  readonly rows: readonly T[]
  readonly chosen: T | undefined
  onChoose(row: T): void
  /** By Enter, or a click. */
  onShow(row: T): void
  /** By key, lower case, on the chosen row. */
  readonly keys: Readonly<Record<string, (row: T) => void>>
  /** Keys that need no row. */
  readonly listKeys: Readonly<Record<string, () => void>>
  draw(row: T): ReactNode
}

export function DeskList<T extends Row>(props: DeskListProps<T>) {
  const { id, label, rows, chosen, onChoose, onShow, keys, listKeys, draw } = props
  const list = useRef<HTMLUListElement>(null)
  const at = rows.findIndex((row) => row.id === chosen?.id)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen?.id])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const choose = (index: number) => {
      const next = rows[Math.min(rows.length - 1, Math.max(0, index))]
      return next && (() => onChoose(next))
    }
    const moves: Record<string, (() => void) | undefined> = {
      ArrowDown: choose(at + 1),
      ArrowUp: choose(at - 1),
      Home: choose(0),
      End: choose(rows.length - 1),
      Enter: chosen ? () => onShow(chosen) : choose(0),
      ...listKeys,
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const onRow = keys[key]
    // what acts on a row acts on none that is not chosen: it chooses the first, and says so by that
    const act = moves[key] ?? (onRow && (chosen ? () => onRow(chosen) : choose(0)))
    if (act === undefined) return
    // a key that is held down says nothing twice, but for moving along
    if (event.repeat && !event.key.startsWith('Arrow')) return
    event.preventDefault()
    // a key of the list is none of the page's
    event.stopPropagation()
    act()
  }
  return (
    <ul
      ref={list}
      id={id}
      className="plain alarm-list"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={at >= 0 ? `${id}-${rows[at].id}` : undefined}
      onKeyDown={onKeyDown}
    >
      {rows.map((row) => (
        <li
          key={row.id}
          id={`${id}-${row.id}`}
          role="option"
          aria-selected={row.id === chosen?.id}
          onClick={() => onShow(row)}
        >
          {draw(row)}
        </li>
      ))}
    </ul>
  )
}

/** Goes from one list of the desk to another. */
export function focusList(id: string): void {
  document.getElementById(id)?.focus()
}
