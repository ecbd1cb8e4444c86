/**
 * The ways of those pairs whose trips take more than one, or one that is not in the origin's tree. A pair's first path is its
 * reference; of each other it is kept which arcs it has beside the reference and which it lacks, for only these make the two
 * differ in cost. Arcs lie in one pool, which is packed when it is full.
 */

export interface Paths {
  pool: Int32Array
  /** The pool is in use up to here; of it, so much has been given up. */
  poolEnd: number
  poolLost: number
  /** By path: its arcs from origin to destination, then those the reference has not, then those only the reference has. */
  start: Int32Array
  length: Int32Array
  ownLength: Int32Array
  otherLength: Int32Array
  flow: Float64Array
  /** The pair's next path, or −1. */
  next: Int32Array
  /** Paths are in use up to here; those given up are strung together from `free`. */
  end: number
  free: number
  /** By arc, scratch: which comparison it was last seen in. */
  readonly mark: Int32Array
  stamp: number
}

export const NO_PATH = -1

export function makePaths(arcCount: number): Paths {
  const paths = 256
  return {
    pool: new Int32Array(1 << 14),
    poolEnd: 0,
    poolLost: 0,
    start: new Int32Array(paths),
    length: new Int32Array(paths),
    ownLength: new Int32Array(paths),
    otherLength: new Int32Array(paths),
    flow: new Float64Array(paths),
    next: new Int32Array(paths),
    end: 0,
    free: NO_PATH,
    mark: new Int32Array(arcCount),
    stamp: 0,
  }
}

/** A copy that shares nothing with `paths`. */
export function copyPaths(paths: Paths): Paths {
  return {
    ...paths,
    pool: paths.pool.slice(),
    start: paths.start.slice(),
    length: paths.length.slice(),
    ownLength: paths.ownLength.slice(),
    otherLength: paths.otherLength.slice(),
    flow: paths.flow.slice(),
    next: paths.next.slice(),
    mark: paths.mark.slice(),
  }
}

/** Adds the path that ends at `node`, read backwards along `arcIn`, with no flow and no comparison yet; gives its number. */
export function addPath(paths: Paths, arcIn: Int32Array, fromNode: Int32Array, node: number): number {
  let length = 0
  for (let at = node; arcIn[at] >= 0; at = fromNode[arcIn[at]]) length++
  reserve(paths, length)
  let path = paths.free
  if (path >= 0) paths.free = paths.next[path]
  else {
    path = paths.end++
    if (path === paths.start.length) growRows(paths)
  }
  const { pool, poolEnd } = paths
  let write = poolEnd + length
  for (let at = node; arcIn[at] >= 0; at = fromNode[arcIn[at]]) pool[--write] = arcIn[at]
  paths.start[path] = poolEnd
  paths.length[path] = length
  paths.ownLength[path] = 0
  paths.otherLength[path] = 0
  paths.flow[path] = 0
  paths.next[path] = NO_PATH
  paths.poolEnd = poolEnd + length
  return path
}

/** Gives a path up; whoever pointed at it points elsewhere already. */
export function dropPath(paths: Paths, path: number): void {
  paths.poolLost += sizeOf(paths, path)
  // Marks it as nobody's for packing.
  paths.length[path] = -1
  paths.next[path] = paths.free
  paths.free = path
}

/** Makes a path its pair's reference: it is compared with none. */
export function makeReference(paths: Paths, path: number): void {
  paths.poolLost += paths.ownLength[path] + paths.otherLength[path]
  paths.ownLength[path] = 0
  paths.otherLength[path] = 0
}

/** Notes how `path` differs from `reference`. */
export function compareWith(paths: Paths, path: number, reference: number): void {
  const { mark } = paths
  const length = paths.length[path]
  const most = paths.length[reference]
  reserve(paths, 2 * length + most)
  const { pool } = paths
  // Moved to the end of the pool, where there is room for the comparison behind it.
  if (paths.start[path] + sizeOf(paths, path) !== paths.poolEnd) {
    pool.copyWithin(paths.poolEnd, paths.start[path], paths.start[path] + length)
    paths.poolLost += sizeOf(paths, path)
    paths.start[path] = paths.poolEnd
  }
  const start = paths.start[path]
  const otherStart = paths.start[reference]
  if (paths.stamp > 0x7ffffff0) {
    mark.fill(0)
    paths.stamp = 0
  }
  const both = (paths.stamp += 2)
  const own = both - 1
  for (let i = start; i < start + length; i++) mark[pool[i]] = own
  for (let i = otherStart; i < otherStart + most; i++) if (mark[pool[i]] === own) mark[pool[i]] = both
  let write = start + length
  for (let i = start; i < start + length; i++) if (mark[pool[i]] === own) pool[write++] = pool[i]
  paths.ownLength[path] = write - start - length
  for (let i = otherStart; i < otherStart + most; i++) if (mark[pool[i]] !== both) pool[write++] = pool[i]
  paths.otherLength[path] = write - start - length - paths.ownLength[path]
  paths.poolEnd = write
}

/** Whether the path is the one that ends at `node` and is read backwards along `arcIn`. */
export function isTreePath(
  paths: Paths,
  path: number,
  arcIn: Int32Array,
  fromNode: Int32Array,
  node: number,
): boolean {
  const start = paths.start[path]
  let at = node
  for (let i = start + paths.length[path] - 1; i >= start; i--) {
    if (arcIn[at] !== paths.pool[i]) return false
    at = fromNode[arcIn[at]]
  }
  return true
}

function sizeOf(paths: Paths, path: number): number {
  return paths.length[path] + paths.ownLength[path] + paths.otherLength[path]
}

/** Makes room for so many more arcs in the pool: by packing it where much has been given up, else by doubling it. */
function reserve(paths: Paths, arcs: number): void {
  if (paths.poolEnd + arcs <= paths.pool.length) return
  const kept = paths.poolEnd - paths.poolLost
  let size = paths.pool.length
  while (kept + arcs > size * 0.75) size *= 2
  const pool = new Int32Array(size)
  let end = 0
  for (let path = 0; path < paths.end; path++) {
    if (paths.length[path] < 0) continue
    const start = paths.start[path]
    pool.set(paths.pool.subarray(start, start + sizeOf(paths, path)), end)
    paths.start[path] = end
    end += sizeOf(paths, path)
  }
  paths.pool = pool
  paths.poolEnd = end
  paths.poolLost = 0
}

function growRows(paths: Paths): void {
  const grown = (column: Int32Array) => {
    const twice = new Int32Array(2 * column.length)
    twice.set(column)
    return twice
  }
  paths.start = grown(paths.start)
  paths.length = grown(paths.length)
  paths.ownLength = grown(paths.ownLength)
  paths.otherLength = grown(paths.otherLength)
  paths.next = grown(paths.next)
  const flow = new Float64Array(2 * paths.flow.length)
  flow.set(paths.flow)
  paths.flow = flow
}
