/** In place of a town that this browser does not keep: why, and the way back. */
import { sayTown } from '../../../language/townWords.ts'

export function TownGone({ why }: { why: string }) {
  return (
    <div className="map-waiting">
      <p role="alert">{why}</p>
      <a href={location.pathname}>{sayTown('back')}</a>
    </div>
  )
}
