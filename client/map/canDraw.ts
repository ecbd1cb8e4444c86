/** Whether this browser can draw the map: MapLibre and the layers need WebGL 2. */

let answer: boolean | undefined

/** Asked of the browser once. */
export function canDrawMap(): boolean {
  answer ??= document.createElement('canvas').getContext('webgl2') !== null
  return answer
}
