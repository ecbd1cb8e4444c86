/** Things of the plane by square cell, for asking what is near; it grows as things are placed. */
import type { Box } from './polygons.ts'

export class CellGrid {
  private readonly cellM: number
  private readonly cells = new Map<number, number[]>()

  constructor(cellM: number) {
    this.cellM = cellM
  }

  add(thing: number, box: Box): void {
    this.visit(box, (key) => {
      const cell = this.cells.get(key)
      if (cell === undefined) this.cells.set(key, [thing])
      else cell.push(thing)
    })
  }

  /** What was added with a box that may touch this one; a thing in several cells comes once. */
  near(box: Box): number[] {
    const found: number[] = []
    this.visit(box, (key) => {
      const cell = this.cells.get(key)
      if (cell !== undefined) for (const thing of cell) if (!found.includes(thing)) found.push(thing)
    })
    return found
  }

  private visit(box: Box, see: (key: number) => void): void {
    const toX = Math.floor(box[2] / this.cellM)
    const toY = Math.floor(box[3] / this.cellM)
    for (let x = Math.floor(box[0] / this.cellM); x <= toX; x++) {
      for (let y = Math.floor(box[1] / this.cellM); y <= toY; y++) see(x * 0x200000 + y)
    }
  }
}

export function boxAround(x: number, y: number, reachM: number): Box {
  return [x - reachM, y - reachM, x + reachM, y + reachM]
}
