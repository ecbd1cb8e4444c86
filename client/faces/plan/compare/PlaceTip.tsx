/** What the difference is under the hand: absolute first, beside it per cent, and how sure. The table and the inspector say the same to who has no mouse. */
import { useEffect, useState } from 'react'
import type { City } from '../../../../twin/city.ts'
import { measures, stepOf, type Field } from '../../../layers/difference/field.ts'
import { sayCompare } from '../../../language/compareWords.ts'
import { findBus } from '../../../layers/power/pointPower.ts'
import { pickLink } from '../../../layers/traffic/pickLink.ts'
import { UNCLEAR } from '../../../state/lens.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { usePointed, type Finder } from '../../../state/pointing.ts'
import { placeInWords, pointedPlace, selectionOf } from './placeWords.ts'

/** From the hand, pixels. */
const BESIDE_PX = 14

export function PlaceTip({ field, city }: { field: Field; city: City }) {
  const { live } = useShell()
  const pointed = usePointed(live.pointing)
  const [hand, setHand] = useState<readonly [x: number, y: number]>()
  useEffect(() => {
    const row = rowUnder(field, city)
    const end = live.pointing.offer((at, radiusM) => {
      const found = row(at, radiusM)
      return found === undefined ? undefined : pointedPlace(field, found, city)
    })
    const onMove = ({ target, clientX, clientY }: PointerEvent) => {
      const isOnMap = target instanceof Element && target.closest('.city-map') !== null
      setHand(isOnMap ? [clientX, clientY] : undefined)
    }
    addEventListener('pointermove', onMove)
    return () => {
      end()
      removeEventListener('pointermove', onMove)
    }
  }, [live, field, city])
  const at = pointed?.table === selectionOf(field, 0).table ? field.rows.indexOf(pointed.rows[0]) : -1
  if (hand === undefined || at < 0) return null
  const words = placeInWords(field, at, city)
  return (
    <div className="place-tip" aria-hidden style={{ left: hand[0] + BESIDE_PX, top: hand[1] + BESIDE_PX }}>
      <b>{words.name}</b>
      <span>
        {words.difference}
        {words.share && ` (${words.share})`}
      </span>
      <small>{words.fromTo}</small>
      {words.interval && <small>{words.interval}</small>}
      {stepOf(field, at) === UNCLEAR && <small>{sayCompare('places.unclear')}</small>}
    </div>
  )
}

/** Finds the listed place under a hand. */
function rowUnder(field: Field, city: City): (...at: Parameters<Finder>) => number | undefined {
  if (measures[field.id].of === 'links') {
    const listed = new Set(field.rows)
    return (at, radiusM) => {
      const link = pickLink(city, at, radiusM)
      return link !== undefined && listed.has(link) ? link : undefined
    }
  }
  const find = findBus({ city }, Array.from(field.rows))
  return (at, radiusM) => {
    const bus = find(at, radiusM)?.rows[0]
    return bus === undefined ? undefined : city.grid?.buses.feeder[bus]
  }
}
