/** What of MapLibre the page does without: modules of its sources by path, and the names that others take from them. */

/** The list holds for these sources. */
export const MAPLIBRE_VERSION = '6.17.0'

const shaders = (...names: string[]): [string, readonly string[]][] =>
  names.flatMap((name) =>
    ['fragment', 'vertex'].map((half): [string, string[]] => [
      `shaders/glsl/${name}.${half}.glsl.g.ts`,
      ['default'],
    ]),
  )

const layers = (file: string, kind: string): [string, readonly string[]][] => [
  [`style/style_layer/${file}_style_layer.ts`, [`${kind}StyleLayer`, `is${kind}StyleLayer`]],
]

export const leftOut: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  // the globe: a city is drawn in Mercator's projection
  ['geo/projection/globe_projection.ts', ['GlobeProjection']],
  ['geo/projection/globe_transform.ts', ['createGlobeTransform']],
  ['geo/projection/globe_camera_helper.ts', ['GlobeCameraHelper']],
  ['geo/projection/vertical_perspective_projection.ts', ['VerticalPerspectiveProjection']],
  ['geo/projection/vertical_perspective_transform.ts', ['createVerticalPerspectiveTransform']],
  ['geo/projection/vertical_perspective_camera_helper.ts', ['VerticalPerspectiveCameraHelper']],
  ...shaders('_projection_globe', 'atmosphere'),

  // terrain: the ground is flat
  ['render/terrain.ts', ['Terrain']],
  ['webgl/render_to_texture.ts', ['RenderToTexture']],
  ['webgl/draw/draw_terrain.ts', ['drawDepth', 'drawTerrainHeightMap']],
  ['render/terrain_coverage.ts', ['TERRAIN_OCCLUSION_MARGIN', 'bisect', 'isBelowTerrainSample', 'sampleAt']],
  ...shaders('terrain'),
  ['shaders/glsl/terrain_depth.fragment.glsl.g.ts', ['default']],
  ['shaders/glsl/terrain_depth.vertex.glsl.g.ts', ['default']],
  ...shaders('terrain_height'),

  // the sky: no map here is tilted so far that one is seen
  ['webgl/draw/draw_sky.ts', ['drawSky', 'drawAtmosphere']],
  ['webgl/program/sky_program.ts', ['skyUniforms']],
  ['webgl/program/atmosphere_program.ts', ['atmosphereUniforms']],
  ...shaders('sky'),

  // tiles come as MVT
  ['source/vector_tile_mlt.ts', ['MLTVectorTile']],

  // pictures as sources, and what is drawn from them
  ['source/image_source.ts', ['ImageSource']],
  ['source/video_source.ts', ['VideoSource']],
  ['source/canvas_source.ts', ['CanvasSource']],
  ['source/raster_tile_source.ts', ['RasterTileSource']],
  ['source/raster_dem_tile_source.ts', ['RasterDEMTileSource']],
  ['source/raster_dem_tile_worker_source.ts', ['RasterDEMTileWorkerSource']],
  ['webgl/draw/draw_raster.ts', ['drawRaster']],
  ['webgl/draw/draw_hillshade.ts', ['drawHillshade']],
  ['webgl/draw/draw_color_relief.ts', ['drawColorRelief']],
  ['webgl/program/raster_program.ts', ['rasterUniforms']],
  ['webgl/program/hillshade_program.ts', ['hillshadeUniforms', 'hillshadePrepareUniforms']],
  ['webgl/program/color_relief_program.ts', ['colorReliefUniforms']],
  ...shaders('raster', 'hillshade', 'hillshade_prepare', 'color_relief'),

  // marks come as images one by one, and changed data as a whole
  ['style/load_sprite.ts', ['loadSprite']],
  ['source/geojson_source_diff.ts', ['applySourceDiff', 'mergeSourceDiffs', 'toUpdateable']],

  // fills, lines and bodies with a picture or a gradient in them
  ...shaders('background_pattern', 'fill_pattern', 'fill_outline_pattern', 'fill_extrusion_pattern'),
  ...shaders('line_pattern', 'line_gradient', 'line_gradient_sdf'),

  // layers that the page's styles have none of
  ...layers('heatmap', 'Heatmap'),
  ...layers('hillshade', 'Hillshade'),
  ...layers('color_relief', 'ColorRelief'),
  ...layers('raster', 'Raster'),
  [
    'style/style_layer/custom_style_layer.ts',
    ['CustomStyleLayer', 'isCustomStyleLayer', 'validateCustomStyleLayer'],
  ],
  ['webgl/draw/draw_custom.ts', ['drawCustom']],
  ['tile/tile_manager_raster.ts', ['isRasterType', 'hasRasterTransition', 'updateFadingTiles']],
  ['tile/tile_manager_raster_dem.ts', ['backfillDEM']],

  // heat maps
  ['data/bucket/heatmap_bucket.ts', ['HeatmapBucket']],
  ['webgl/draw/draw_heatmap.ts', ['drawHeatmap']],
  ['webgl/program/heatmap_program.ts', ['heatmapUniforms', 'heatmapTextureUniforms']],
  ...shaders('heatmap', 'heatmap_texture'),

  // what only MapLibre's own makers look at
  ['webgl/draw/draw_debug.ts', ['drawDebug', 'drawDebugPadding', 'selectDebugSource']],
  ['webgl/draw/draw_collision_debug.ts', ['drawCollisionDebug']],
  ['webgl/program/debug_program.ts', ['debugUniforms']],
  ...shaders('debug', 'collision_box', 'collision_circle'),

  // the address bar is the page's own, and so is the corner of the map
  ['ui/hash.ts', ['Hash']],
  ['ui/control/logo_control.ts', ['LogoControl']],
])

/** Modules that are asked for something on every map, and what answers in their place. */
export const replaced: ReadonlyMap<string, string> = new Map([
  [
    // the only styles here are ours, and a test holds them to MapLibre's specification
    'style/validate_style.ts',
    `export const validateStyle = () => []
export const SPEC_SOURCE_TYPES = new Set()
export const validateStyleAndEmit = () => false
export const validateAndEmit = () => false
export const emitValidationErrors = () => false`,
  ],
  [
    // else each frame of the map draws a sky that nobody sees, over all of it
    'style/sky.ts',
    `export class Sky {
  setEventedParent() {}
  applyGlobalStateChange() {}
  recalculate() {}
  hasTransition() { return false }
  getEvaluated() { return undefined }
}
export const calculateFogBlendOpacity = () => 0`,
  ],
  [
    'ui/default_locale.ts',
    `export const defaultLocale = {
  'AttributionControl.ToggleAttribution': 'Toggle attribution',
  'AttributionControl.MapFeedback': 'Map feedback',
  'Map.Title': 'Map',
}`,
  ],
  [
    // one finger moves the map, and a wheel turns it nearer
    'ui/handler/cooperative_gestures.ts',
    `export class CooperativeGesturesHandler {
  isEnabled() { return false }
  isActive() { return false }
  reset() {}
}`,
  ],
  [
    // letters are drawn here, from the page's own fonts
    'style/parse_glyph_pbf.ts',
    `export const GLYPH_PBF_BORDER = 3
export const parseGlyphPbf = () => { throw new Error('the page has no glyph files (leanMapParts.ts)') }`,
  ],
  [
    // letters that run from right to left are laid out by MapLibre itself
    'source/rtl_text_plugin_main_thread.ts',
    `const plugin = { on() {}, off() {}, lazyLoad() {} }
export const rtlMainThreadPluginFactory = () => plugin`,
  ],
])
