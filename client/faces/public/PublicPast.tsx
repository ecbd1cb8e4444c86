/** The recorded past on the public face, for as long as its panel stands open. */
import { useEffect } from 'react'
import { LIVE } from '../../../twin/protocol/names.ts'
import { PastPanel } from '../../shell/past/PastPanel.tsx'
import { useShell } from '../../shell/shellContext.ts'

export function PublicPast() {
  const { live } = useShell()
  useEffect(
    () => () => {
      live.store.set({ aheadMs: undefined })
      live.watch(LIVE)
    },
    [live],
  )
  return <PastPanel isSmall />
}
