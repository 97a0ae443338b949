#include "web/tile_map.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "web/matrix.h"
#include "web/search_request.h"

namespace nhanrong::web {
namespace {

constexpr int kWidth = 60, kStepX = 64, kStepY = 58;

struct Tile {
  std::string province, label;
  int column, row;
  bool archipelago, inside;
};

std::vector<Tile> tiles_of(const Page& page, bool present, const std::string& region) {
  const auto& reference = page.service.reference;
  std::vector<Tile> tiles;
  for (const auto& row : reference.table("tiles")) {
    if (row["set"] != (present ? "34" : "63")) continue;
    const std::string province(row["province_id"]);
    tiles.push_back(
        {province, std::string(row["label"]), parse_number(row["tile_col"], 0, 99).value_or(0),
         parse_number(row["tile_row"], 0, 99).value_or(0), row["tile_kind"] == "archipelago",
         region.empty() || reference.region_of(province, present) == region});
  }
  return tiles;
}

/// "Hồ Chí Minh" → "Hồ Chí", "Minh"; one syllable stays alone.
std::pair<std::string, std::string> two_lines(const std::string& name) {
  const auto blank = name.rfind(' ');
  if (blank == name.npos) return {name, ""};
  return {name.substr(0, blank), name.substr(blank + 1)};
}

struct Frame {
  int left = 99, top = 99, right = 0, bottom = 0;
};

/// The part of the map that holds what is inside.
Frame frame_of(const std::vector<Tile>& tiles, bool whole) {
  Frame frame;
  for (const Tile& tile : tiles) {
    if (!tile.inside || (tile.archipelago && !whole)) continue;
    frame.left = std::min(frame.left, tile.column);
    frame.top = std::min(frame.top, tile.row);
    frame.right = std::max(frame.right, tile.column);
    frame.bottom = std::max(frame.bottom, tile.row);
  }
  return frame;
}

nlohmann::json tile_view(const Page& page, const Tile& tile, const Frame& frame,
                         std::uint64_t count, std::uint64_t step, search::Places places) {
  const int x = 2 + kStepX * (tile.column - frame.left);
  const int y = 2 + kStepY * (tile.row - frame.top);
  const auto [first, second] = two_lines(tile.label);
  const bool two = !second.empty();
  const auto shade = count == 0 ? 0 : std::min<std::uint64_t>(3, (count + step - 1) / step);
  std::string shape = tile.archipelago ? "isle" : !tile.inside ? "out" : "";
  if (shape.empty() && shade > 0) shape = "t" + std::to_string(shade);
  const std::string name =
      tile.archipelago ? page.say("map.isle", {{"name", tile.label},
                                               {"place", page.label("province", tile.province)}})
                       : tile.label + " " + page.say_count("documents", count);
  return {{"url", value_url("province", tile.province, places)},
          {"shape", shape},
          {"name", name},
          {"x", std::to_string(x)},
          {"y", std::to_string(y)},
          {"middle", std::to_string(x + kWidth / 2)},
          {"first", first},
          {"first_y", std::to_string(y + (two ? 15 : 23))},
          {"second", second},
          {"second_y", std::to_string(y + 31)},
          {"count", tile.archipelago ? "" : page.number(count)},
          {"count_y", std::to_string(y + (two ? 49 : 43))}};
}

nlohmann::json legend_view(const Page& page, std::uint64_t step) {
  const auto range = [&](std::uint64_t from, std::uint64_t to) {
    return from >= to ? page.number(to) : page.number(from) + "–" + page.number(to);
  };
  return {{{"heat", "h1"}, {"text", range(1, step)}},
          {{"heat", "h2"}, {"text", range(step + 1, 2 * step)}},
          {{"heat", "h3"}, {"text", page.say("map.more", {{"n", page.number(2 * step)}})}}};
}

}  // namespace

nlohmann::json tile_map_view(const Page& page, search::Places places,
                             const std::map<std::string, std::uint64_t>& counts,
                             const std::string& region) {
  const auto tiles = tiles_of(page, places == search::Places::Present, region);
  const Frame frame = frame_of(tiles, region.empty());
  const auto count_of = [&](const Tile& tile) {
    const auto count = counts.find(tile.province);
    return count == counts.end() ? 0 : count->second;
  };
  std::uint64_t most = 3;
  for (const Tile& tile : tiles) {
    if (tile.inside) most = std::max(most, count_of(tile));
  }
  const std::uint64_t step = (most + 2) / 3;
  auto views = nlohmann::json::array();
  for (const Tile& tile : tiles) {
    const bool shown = tile.column >= frame.left && tile.column <= frame.right &&
                       tile.row >= frame.top && tile.row <= frame.bottom;
    if (shown) views.push_back(tile_view(page, tile, frame, count_of(tile), step, places));
  }
  const int width = kStepX * (frame.right - frame.left + 1) + 4;
  const int height = kStepY * (frame.bottom - frame.top + 1) + 4;
  return {{"view_box", "-2 -2 " + std::to_string(width) + " " + std::to_string(height)},
          {"tiles", std::move(views)},
          {"legend", legend_view(page, step)},
          {"narrow", width < 400},
          {"outside", !region.empty()}};
}

}  // namespace nhanrong::web
