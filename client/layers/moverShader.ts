/** GLSL that all drawings of vehicles share: from a plan to a place on the plane. The formula is `twin/traffic/planPosition.ts`. */

export const placeOnLink = /* glsl */ `
const int LINK_TEXELS = 4096;
vec4 linkTexel(sampler2D linkTexture, int i) { return texelFetch(linkTexture, ivec2(i & (LINK_TEXELS - 1), i >> 12), 0); }

struct Place { bool isShown; vec2 at; vec2 along; float waiting; };

// plan: link, entryS, exitS, stopM; meta: lane counted from the kerb, kind, gone when the plan ends, pace in 255ths of the free speed
Place placeOf(sampler2D linkTexture, vec4 plan, vec4 meta, float timeS, float unitsPerM) {
  Place place = Place(false, vec2(0.0), vec2(1.0, 0.0), 0.0);
  if (plan.x < 0.0 || timeS < plan.y || (meta.z > 0.5 && timeS >= plan.z)) return place;
  int link = int(plan.x + 0.5);
  vec4 head = linkTexel(linkTexture, link * 2);
  vec4 cross = linkTexel(linkTexture, link * 2 + 1);
  float lengthM = head.z;
  float speed = head.w * meta.w / 255.0;
  float arriving = min(speed * (timeS - plan.y), lengthM - plan.w);
  float leaving = lengthM - speed * (plan.z - timeS);
  float along = clamp(max(arriving, leaving), 0.0, lengthM);
  place.waiting = speed * (timeS - plan.y) > lengthM - plan.w && leaving < arriving ? 1.0 : 0.0;
  int first = int(head.x + 0.5);
  int low = 0;
  int high = int(head.y + 0.5) - 1;
  for (int k = 0; k < 12; k++) {
    if (high - low <= 1) break;
    int middle = (low + high) >> 1;
    if (linkTexel(linkTexture, first + middle).z <= along) low = middle; else high = middle;
  }
  vec4 a = linkTexel(linkTexture, first + low);
  vec4 b = linkTexel(linkTexture, first + low + 1);
  float share = clamp((along - a.z) / max(b.z - a.z, 1e-4), 0.0, 1.0);
  place.along = normalize(b.xy - a.xy + vec2(1e-12, 0.0));
  vec2 right = vec2(place.along.y, -place.along.x);
  float sideM = cross.y - (min(meta.x, cross.x - 1.0) + 0.5) * 3.2;
  place.at = mix(a.xy, b.xy, share) + right * sideM * unitsPerM;
  place.isShown = true;
  return place;
}
`
