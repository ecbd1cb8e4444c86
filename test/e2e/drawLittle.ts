/** Runs in a page before its own scripts. */

/**
 * Makes drawing cheap where software does it, which else takes a whole processor for as long as a page is open: every call is made
 * and everything is uploaded, but of each call one triangle is drawn. What a page knows, places and says stays as it is.
 */
export function drawLittle(): void {
  const VERTICES = 3
  const gl = WebGL2RenderingContext.prototype
  const { drawElements, drawArrays, drawElementsInstanced, drawArraysInstanced } = gl
  gl.drawElements = function (mode, count, ...rest) {
    drawElements.call(this, mode, Math.min(count, VERTICES), ...rest)
  }
  gl.drawArrays = function (mode, first, count) {
    drawArrays.call(this, mode, first, Math.min(count, VERTICES))
  }
  gl.drawElementsInstanced = function (mode, count, type, offset, instances) {
    drawElementsInstanced.call(this, mode, Math.min(count, VERTICES), type, offset, Math.min(instances, 1))
  }
  gl.drawArraysInstanced = function (mode, first, count, instances) {
    drawArraysInstanced.call(this, mode, first, Math.min(count, VERTICES), Math.min(instances, 1))
  }
}
