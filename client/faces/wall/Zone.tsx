/** By how much the shown clock differs from that of the world: whose time it is, for who stands elsewhere. */
import { formatZone } from '../../language/format.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'

export function Zone() {
  const { live } = useShell()
  const offsetS = useStore(live.store, ({ clock }) => clock?.utcOffsetS)
  if (offsetS === undefined) return null
  return <small className="zone">{formatZone(offsetS)}</small>
}
