/**
 * GLSL that all drawings of vehicles share: from a plan to a place on the plane. The words of a plan are described in
 * `state/planBook.ts`, the motion in `state/motion.ts`; a test reads back what this computes and compares it with that.
 */
import { BRAKE_MPS2, START_MPS2 } from '../state/motion.ts'
import { LINK_BITS, REST_STEP_M, STOP_STEPS_PER_M } from '../state/planBook.ts'
import { LANE_WIDTH_M } from './lanes.ts'

export const placeOnLink = /* glsl */ `
const int LINK_TEXELS = 4096;
vec4 linkTexel(sampler2D linkTexture, int i) { return texelFetch(linkTexture, ivec2(i & (LINK_TEXELS - 1), i >> 12), 0); }

// speed is a share of the link's free speed
struct Place { bool isShown; vec2 at; vec2 along; float alongM; float speed; bool isBraking; int kind; };

float lower(float a, float b, float bend) {
  float near = bend - abs(a - b);
  return min(a, b) - (near > 0.0 ? near * near / (4.0 * bend) : 0.0);
}
float higher(float a, float b, float bend) {
  float near = bend - abs(a - b);
  return max(a, b) + (near > 0.0 ? near * near / (4.0 * bend) : 0.0);
}
// of the two motions that are joined, how much of the speed is the higher one's
float shareOfHigher(float a, float b, float bend) {
  return bend > 0.0 ? clamp(0.5 + (a - b) / (2.0 * bend), 0.0, 1.0) : step(b, a);
}

Place placeOf(sampler2D linkTexture, uvec4 plan, float timeS, float unitsPerM) {
  Place place = Place(false, vec2(0.0), vec2(1.0, 0.0), 0.0, 0.0, false, 0);
  if (plan.x == 0xffffffffu) return place;
  float entryS = uintBitsToFloat(plan.y);
  float exitS = uintBitsToFloat(plan.z);
  bool isGone = ((plan.x >> ${LINK_BITS + 5}u) & 1u) == 1u;
  if (isGone && timeS >= exitS) return place;
  int link = int(plan.x & ${(1 << LINK_BITS) - 1}u);
  vec4 head = linkTexel(linkTexture, link * 2);
  float lengthM = head.z;
  float pace = float(plan.w >> 24u) / 255.0;
  float speed = head.w * pace;
  float stopM = float(plan.w & 0xffffffu) / ${STOP_STEPS_PER_M}.0;
  float gatherM = speed * speed / ${(2 * START_MPS2).toFixed(1)};
  float arriving = speed * (timeS - entryS);
  uint restSteps = plan.x >> ${LINK_BITS + 6}u;
  float restM = 0.0;
  float gathered = 1.0;
  if (restSteps > 0u) {
    if (arriving < -gatherM) return place;
    restM = float(restSteps - 1u) * ${REST_STEP_M.toFixed(1)};
    gathered = shareOfHigher(arriving, 0.0, gatherM);
    arriving = higher(0.0, arriving, gatherM) - restM;
  }
  if (arriving < 0.0) return place;
  float sparedM = max(0.0, speed * (exitS - entryS) - restM - lengthM);
  float standM = lengthM - stopM;
  float brakeM = min(min(speed * speed / ${(2 * BRAKE_MPS2).toFixed(1)}, standM), sparedM);
  float startM = min(gatherM, sparedM);
  float lateM = stopM < startM ? stopM - 2.0 * sqrt(startM * stopM) + startM : 0.0;
  float leaving = lengthM - speed * (exitS - timeS) - lateM;
  float braked = lower(arriving, standM, brakeM);
  float isDriving = 1.0 - shareOfHigher(arriving, standM, brakeM);
  float isLeaving = shareOfHigher(leaving, braked, startM);
  float along = clamp(higher(braked, leaving, startM), 0.0, lengthM);
  place.alongM = along;
  place.speed = pace * mix(isDriving * gathered, 1.0, isLeaving);
  place.isBraking = sparedM > 0.0 && isDriving < 0.98 && isLeaving < 0.02;
  place.kind = int((plan.x >> ${LINK_BITS + 3}u) & 3u);
  vec4 cross = linkTexel(linkTexture, link * 2 + 1);
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
  float lane = float((plan.x >> ${LINK_BITS}u) & 7u);
  float sideM = cross.y - (min(lane, cross.x - 1.0) + 0.5) * ${LANE_WIDTH_M.toFixed(1)};
  place.at = mix(a.xy, b.xy, share) + right * sideM * unitsPerM;
  place.isShown = true;
  return place;
}
`
