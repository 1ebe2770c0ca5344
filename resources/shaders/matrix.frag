// SPDX-License-Identifier: GPL-3.0-or-later
// Values to colours, step by step as in ui/canvas/shading.cpp.

// Pictures in the order they are looked for: the first content's detail and base, the second's detail and base.
uniform highp sampler2DArray uTiles0;
uniform highp sampler2DArray uTiles1;
uniform highp sampler2DArray uTiles2;
uniform highp sampler2DArray uTiles3;
uniform ivec4 uRegion[4];  // row, column, rows, columns in entries; no rows: no such picture
uniform ivec4 uShape[4];   // level, planes, tiles across, tiles down

uniform highp isampler2D uColumns;  // the entry's column under each column of pixels, −1 outside
uniform highp isampler2D uRows;
uniform sampler2D uTable;  // the colour table, then NaN's and infinity's colours
uniform int uHeight;
uniform int uWipe;  // pixel column from which the second content is shown
uniform int uSteps;
uniform bool uColour;
uniform int uScale;  // ValueScale
uniform vec4 uShade;        // inverse softening, zero, slope, base
uniform vec4 uColourShade;  // the same, linear
uniform vec3 uBackground;

out vec4 fragment;

const int kTile = 1024;

float fetch(highp sampler2DArray tiles, ivec4 shape, ivec2 at, int plane) {
  ivec2 tile = at / kTile;
  int layer = (plane * shape.w + tile.y) * shape.z + tile.x;
  return texelFetch(tiles, ivec3(at - tile * kTile, layer), 0).r;
}

vec3 valuesIn(highp sampler2DArray tiles, ivec4 region, ivec4 shape, ivec2 entry) {
  ivec2 at = ivec2(entry.x - region.y, entry.y - region.x) >> shape.x;
  vec3 values = vec3(fetch(tiles, shape, at, 0));
  if (shape.y == 3) {
    values.g = fetch(tiles, shape, at, 1);
    values.b = fetch(tiles, shape, at, 2);
  }
  return values;
}

bool covers(ivec4 region, ivec2 entry) {
  return entry.y >= region.x && entry.y < region.x + region.z && entry.x >= region.y && entry.x < region.y + region.w;
}

float shapeOf(float v) {
  if (uScale == 0) return v;
  float x = v * uShade.x;
  if (uScale == 1) return log2(max(x, 1.0));
  float size = abs(x);
  float inside = uScale == 2 ? 1.0 + size : size + sqrt(size * size + 1.0);
  return x < 0.0 ? -log2(inside) : log2(inside);
}

// By their bits: a compiler may take the like of v != v for always false.
bool isFinite(float v) { return (floatBitsToUint(v) & 0x7f800000u) != 0x7f800000u; }
bool isNaN(float v) { return (floatBitsToUint(v) & 0x7fffffffu) > 0x7f800000u; }

vec3 special(bool nan) { return texelFetch(uTable, ivec2(nan ? uSteps + 1 : uSteps + 2, 0), 0).rgb; }

void main() {
  ivec2 pixel = ivec2(int(gl_FragCoord.x), uHeight - 1 - int(gl_FragCoord.y));
  ivec2 entry = ivec2(texelFetch(uColumns, ivec2(pixel.x, 0), 0).r, texelFetch(uRows, ivec2(pixel.y, 0), 0).r);
  fragment = vec4(uBackground, 1.0);
  if (entry.x < 0 || entry.y < 0) return;

  vec3 v;
  int planes;
  if (pixel.x < uWipe) {
    if (covers(uRegion[0], entry)) {
      v = valuesIn(uTiles0, uRegion[0], uShape[0], entry);
      planes = uShape[0].y;
    } else if (covers(uRegion[1], entry)) {
      v = valuesIn(uTiles1, uRegion[1], uShape[1], entry);
      planes = uShape[1].y;
    } else {
      return;
    }
  } else {
    if (covers(uRegion[2], entry)) {
      v = valuesIn(uTiles2, uRegion[2], uShape[2], entry);
      planes = uShape[2].y;
    } else if (covers(uRegion[3], entry)) {
      v = valuesIn(uTiles3, uRegion[3], uShape[3], entry);
      planes = uShape[3].y;
    } else {
      return;
    }
  }

  if (planes == 3 && uColour) {
    if (!isFinite(v.r) || !isFinite(v.g) || !isFinite(v.b)) {
      fragment.rgb = special(isNaN(v.r) || isNaN(v.g) || isNaN(v.b));
    } else {
      vec3 t = clamp((v - uColourShade.y) * uColourShade.z + uColourShade.w, 0.0, 1.0);
      fragment.rgb = floor(t * 255.0 + 0.5) / 255.0;
    }
    return;
  }
  float value = planes == 3 ? LUMA_RED * v.r + LUMA_GREEN * v.g + LUMA_BLUE * v.b : v.r;
  if (!isFinite(value)) {
    fragment.rgb = special(isNaN(value));
    return;
  }
  float t = clamp((shapeOf(value) - uShade.y) * uShade.z + uShade.w, 0.0, 1.0);
  fragment.rgb = texelFetch(uTable, ivec2(int(t * float(uSteps) + 0.5), 0), 0).rgb;
}
