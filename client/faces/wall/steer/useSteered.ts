/** A screen as a part of its wall: joins it by name, and shows what the desk tells. */
import { useEffect, useRef, useState } from 'react'
import { domainIds } from '../../../../twin/domains.ts'
import type { WallReport, WallShow } from '../../../../twin/protocol/wallMessages.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { wallNameOf } from '../../../state/span.ts'
import { useWallMoment } from './useWallMoment.ts'
import { WallDrive } from './wallDrive.ts'

/** A report is said for so long, milliseconds; its mark on the map stays. */
const NEWS_MS = 8000

export interface Steered {
  /** What the wall shows; undefined until the host has said so. */
  readonly show: WallShow | undefined
  /** The last report of a person, for as long as it is news. */
  readonly report: WallReport | undefined
}

export function useSteered(): Steered {
  const shell = useShell()
  const { live } = shell
  const [show, setShow] = useState<WallShow>()
  const [report, setReport] = useState<WallReport>()
  const latest = useRef(shell)
  useEffect(() => {
    latest.current = shell
  })
  const ownTheme = useRef(shell.theme.name)
  useEffect(() => {
    const { view } = live.store.get()
    const { span = { cols: 1, rows: 1, col: 0, row: 0 } } = view
    const drive = new WallDrive(live)
    let isGone = false
    const screen = {
      cols: span.cols,
      rows: span.rows,
      col: span.col,
      row: span.row,
      widthPx: innerWidth,
      heightPx: innerHeight,
    }
    const takeShow = (told: WallShow) => {
      if (isGone) return
      setShow(told)
      drive.take(told)
      const theme = told.theme ?? ownTheme.current
      if (theme !== latest.current.theme.name) latest.current.setTheme(theme)
      const layersOn = told.layers ? domainIds.filter((id) => told.layers!.includes(id)) : view.layersOn
      live.store.setView({ layersOn })
    }
    const takeReport = (told: WallReport) => {
      if (!isGone) setReport(told)
    }
    live.source.walls?.join({ name: wallNameOf(view), screen }, takeShow, takeReport)
    // what is to be shown is asked for before the map stands: it then stands at the right place at once
    live.begin()
    return () => {
      isGone = true
      drive.stop()
    }
  }, [live])
  useEffect(() => {
    const timer = setTimeout(() => setReport(undefined), NEWS_MS)
    return () => clearTimeout(timer)
  }, [report])
  useWallMoment(show?.timeMs, show?.run)
  return { show, report }
}
