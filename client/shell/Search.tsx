/** Search for streets, places, addresses and stops: a combobox with the arrow keys, nearest and best first. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { say } from '../language/language.ts'
import { searchPlaces, type Place } from './api.ts'
import { useStore } from '../state/store.ts'
import { useHotkey } from './hotkeys.ts'
import { wordsOfPlace } from './placeWords.ts'
import { useShell } from './shellContext.ts'
import { useLatest } from './useLatest.ts'

// Typing faster than this asks once.
const SETTLE_MS = 160
const SHORTEST = 2

export interface SearchProps {
  readonly label: string
  readonly near?: () => readonly [number, number] | undefined
  readonly onPick: (place: Place) => void
  /** Focused by this key from anywhere, as '/'. */
  readonly hotkey?: string
}

export function Search({ label, near, onPick, hotkey }: SearchProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const [isOpen, setOpen] = useState(false)
  const { places, hasFailed } = useFound(text, near)
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  useHotkey(hotkey, () => input.current?.focus())

  const pick = (place: Place) => {
    setText(place.name)
    setOpen(false)
    onPick(place)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive((at) => (places.length === 0 ? 0 : (at + step + places.length) % places.length))
    } else if (event.key === 'Enter' && isOpen && places[active]) {
      event.preventDefault()
      pick(places[active])
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault()
      setOpen(false)
    }
  }
  const isListShown = isOpen && text.trim().length >= SHORTEST
  return (
    <div className="search">
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label={label}
        aria-expanded={isListShown}
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={isListShown && places[active] ? `${id}${active}` : undefined}
        placeholder={label}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
          setOpen(true)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      <ul id={`${id}list`} role="listbox" aria-label={label} hidden={!isListShown}>
        {places.map((place, i) => (
          <li
            key={`${place.kind}${place.name}${place.lng}${place.lat}`}
            id={`${id}${i}`}
            role="option"
            aria-selected={i === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => pick(place)}
          >
            <span>{place.name}</span>
            <small>{wordsOfPlace(place, city)}</small>
          </li>
        ))}
        {places.length === 0 && (
          <li role="option" aria-selected={false} aria-disabled className="quiet">
            {hasFailed ? say('search.failed') : say('search.none')}
          </li>
        )}
      </ul>
    </div>
  )
}

interface Found {
  readonly places: readonly Place[]
  readonly hasFailed: boolean
}
const nothing: Found = { places: [], hasFailed: false }

/** What the words typed so far find. `near` is asked when they change, not when the map moves. */
function useFound(text: string, near: SearchProps['near']): Found {
  const query = text.trim()
  const [found, setFound] = useState<Found>(nothing)
  const latestNear = useLatest(near)
  useEffect(() => {
    if (query.length < SHORTEST) return
    const abort = new AbortController()
    const timer = setTimeout(() => {
      searchPlaces(query, latestNear.current?.(), abort.signal)
        .then((places) => setFound({ places, hasFailed: false }))
        .catch(() => {
          if (!abort.signal.aborted) setFound({ places: [], hasFailed: true })
        })
    }, SETTLE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [query, latestNear])
  return query.length < SHORTEST ? nothing : found
}
