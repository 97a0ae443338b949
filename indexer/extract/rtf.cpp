#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "indexer/extract/formats.h"
#include "indexer/extract/line_shape.h"
#include "indexer/extract/rtf_fonts.h"
#include "indexer/extract/rtf_tokens.h"
#include "indexer/extract/rtf_words.h"
#include "indexer/extract/style_names.h"
#include "indexer/extract/text_flow.h"
#include "text/utf8.h"

// Source: Rich Text Format (RTF) Specification, version 1.9.1.
namespace nhanrong::indexer {
namespace {

/// Groups in each other; Word's own files stay under 30.
constexpr std::size_t kMaxDepth = 1000;

/// What a group inherits and gives back at its end.
struct State {
  enum class Holds { Text, Nothing, Container, Alternatives, FontTable, StyleSheet, Title };
  Holds holds = Holds::Text;
  Holds outer = Holds::Text;       // of the container that it stands in
  std::optional<RtfAction> story;  // that begins with this group
  bool ignorable = false;          // "\*" was read: the next word must be known
  int font = 0;
  int unicode_skip = 1;
  bool hidden = false;
  bool bold = false;
  // of the paragraph
  bool in_table = false;
  int table_depth = 0;
  int outline_level = -1;
  int style = 0;
  int list = 0;
  int list_level = 0;
};

void make_plain_paragraph(State& state) {
  const State plain;
  state.in_table = plain.in_table;
  state.table_depth = plain.table_depth;
  state.outline_level = plain.outline_level;
  state.style = plain.style;
  state.list = plain.list;
  state.list_level = plain.list_level;
}

/// The body, a note, a header or a text box, as far as it was read.
struct Story {
  TextFlow flow;
  FlowParagraph paragraph;
  bool numbered = false;        // the paragraph
  std::vector<TextFlow> boxes;  // that hang on the paragraph
};

class RtfReader {
 public:
  RtfReader(std::string_view rtf, std::optional<text::Encoding> encoding)
      : tokens_(rtf), document_(encoding), states_(1), stories_(1) {}

  text::Result<Extracted> read() {
    while (true) {
      const RtfToken token = tokens_.next();
      if (token.kind == RtfToken::Kind::End) break;
      take(token);
      if (states_.size() > kMaxDepth) {
        return text::failure("file_too_deep", "", fmt::format("{}", kMaxDepth));
      }
      if (states_.size() == 1 && token.kind == RtfToken::Kind::GroupEnd) break;
    }
    while (states_.size() > 1) end_group();
    end_paragraph();
    document_.add(std::move(stories_.front().flow));
    for (TextFlow& note : notes_) document_.add(std::move(note));
    for (TextFlow& header : headers_) document_.add_header(std::move(header));
    document_.title(std::move(title_));
    return std::move(document_).finish();
  }

 private:
  State& state() { return states_.back(); }
  Story& story() { return stories_.back(); }

  void take(const RtfToken& token) {
    switch (token.kind) {
      case RtfToken::Kind::GroupStart:
        start_group();
        break;
      case RtfToken::Kind::GroupEnd:
        end_group();
        break;
      case RtfToken::Kind::Text:
        characters(token.characters);
        break;
      case RtfToken::Kind::Hex: {
        const char byte = static_cast<char>(token.number.value_or(0));
        characters({&byte, 1});
        break;
      }
      case RtfToken::Kind::Symbol:
        if (!skipped()) symbol(token.characters[0]);
        break;
      case RtfToken::Kind::Word:
        if (!skipped()) word(token);
        break;
      case RtfToken::Kind::End:
        break;
    }
  }

  /// Is this what stands for a character that was read as Unicode?
  bool skipped() {
    if (to_skip_ == 0) return false;
    --to_skip_;
    return true;
  }

  void start_group() {
    flush();
    to_skip_ = 0;
    State inner = state();
    inner.story.reset();
    inner.ignorable = false;
    states_.push_back(inner);
  }

  void end_group() {
    if (states_.size() == 1) return;
    flush();
    to_skip_ = 0;
    if (const auto kind = state().story) end_story(*kind);
    states_.pop_back();
  }

  void begin_story(RtfAction kind) {
    flush();
    if (state().story) return;  // "{\footnote\footnote"
    make_plain_paragraph(state());
    state().story = kind;
    state().holds = State::Holds::Text;
    stories_.emplace_back();
  }

  void end_story(RtfAction kind) {
    end_paragraph();
    TextFlow flow = std::move(story().flow);
    stories_.pop_back();
    if (kind == RtfAction::Note) {
      notes_.push_back(std::move(flow));
    } else if (kind == RtfAction::Header) {
      headers_.push_back(std::move(flow));
    } else {
      story().boxes.push_back(std::move(flow));
    }
  }

  void characters(std::string_view bytes) {
    const auto skip = std::min(to_skip_, bytes.size());
    to_skip_ -= skip;
    bytes.remove_prefix(skip);
    state().ignorable = false;
    if (!drops_characters()) bytes_ += bytes;
  }

  bool drops_characters() {
    const auto holds = state().holds;
    return holds == State::Holds::Nothing || holds == State::Holds::Container ||
           holds == State::Holds::Alternatives;
  }

  void symbol(char c) {
    switch (c) {
      case '*':
        state().ignorable = true;
        break;
      case '~':
        code_point(0xA0);
        break;
      case '-':
        code_point(0xAD);  // soft hyphen: ư in TCVN3, else the normaliser drops it
        break;
      case '_':
        code_point('-');
        break;
      case '{':
      case '}':
      case '\\':
        characters({&c, 1});
        break;
      case '\r':
      case '\n':
        if (state().holds == State::Holds::Text) end_paragraph();
        break;
      default:
        break;
    }
  }

  void word(const RtfToken& token) {
    const auto rule = find_rtf_rule(token.characters);
    const bool ignorable = std::exchange(state().ignorable, false);
    if (state().holds == State::Holds::Nothing) return;
    if (!rule) {
      if (ignorable) hold(State::Holds::Nothing);
    } else if (rule->action < RtfAction::Character) {
      destination(rule->action);
    } else if (ignorable) {
      hold(State::Holds::Nothing);  // a character style: "{\*\cs10 …"
    } else if (rule->action < RtfAction::CodePage) {
      text_word(*rule, token.number.value_or(0));
    } else {
      property(*rule, token.number);
    }
  }

  void hold(State::Holds holds) {
    flush();
    state().holds = holds;
  }

  void destination(RtfAction action) {
    // What stands there for programs without Unicode is not read: "{\upr{\title ?}{\*\ud …".
    if (state().holds == State::Holds::Alternatives && action != RtfAction::Outer) return;
    switch (action) {
      case RtfAction::SkipNumber:
        story().numbered = true;
        hold(State::Holds::Nothing);
        break;
      case RtfAction::Container:
      case RtfAction::Alternatives: {
        const bool container = action == RtfAction::Container;
        state().outer = state().holds;
        hold(container ? State::Holds::Container : State::Holds::Alternatives);
        break;
      }
      case RtfAction::Outer:
        hold(state().outer);
        break;
      case RtfAction::Stay:
        break;
      case RtfAction::FontTable:
        hold(State::Holds::FontTable);
        break;
      case RtfAction::StyleSheet:
        hold(State::Holds::StyleSheet);
        break;
      case RtfAction::Title:
        if (state().holds == State::Holds::Container) hold(State::Holds::Title);
        break;
      case RtfAction::Note:
      case RtfAction::Header:
      case RtfAction::Box:
        begin_story(action);
        break;
      default:
        hold(State::Holds::Nothing);
    }
  }

  void text_word(const RtfRule& rule, int number) {
    if (rule.action == RtfAction::Character) return code_point(static_cast<char32_t>(rule.value));
    if (rule.action == RtfAction::Unicode) return unicode(number);
    if (state().holds != State::Holds::Text) return;
    switch (rule.action) {
      case RtfAction::Paragraph:
        end_paragraph();
        break;
      case RtfAction::Cell:
        end_cell(1);
        break;
      case RtfAction::Row:
        story().flow.end_row(1);
        break;
      case RtfAction::NestedCell:
        end_cell(std::max(state().table_depth, 2));
        break;
      default:
        story().flow.end_row(std::max(state().table_depth, 2));
    }
  }

  void property(const RtfRule& rule, std::optional<int> number) {
    const bool on = number.value_or(1) != 0;
    switch (rule.action) {
      case RtfAction::CodePage:
        fonts_.set_code_page(number.value_or(rule.value));
        break;
      case RtfAction::DefaultFont:
        default_font_ = number.value_or(0);
        state().font = default_font_;
        break;
      case RtfAction::Font:
        flush();
        state().font = number.value_or(0);
        break;
      case RtfAction::FontCharset:
        if (state().holds == State::Holds::FontTable) font().charset = number.value_or(1);
        break;
      case RtfAction::FontCodePage:
        if (state().holds == State::Holds::FontTable) font().code_page = number.value_or(0);
        break;
      case RtfAction::UnicodeSkip:
        state().unicode_skip = std::clamp(number.value_or(1), 0, 16);
        break;
      case RtfAction::Hidden:
        flush();
        state().hidden = on;
        break;
      case RtfAction::Bold:
        flush();
        state().bold = on;
        break;
      case RtfAction::PlainCharacters:
        flush();
        state().font = default_font_;
        state().hidden = state().bold = false;
        break;
      default:
        paragraph_property(rule.action, number);
    }
  }

  void paragraph_property(RtfAction action, std::optional<int> number) {
    switch (action) {
      case RtfAction::PlainParagraph:
        make_plain_paragraph(state());
        break;
      case RtfAction::InTable:
        state().in_table = number.value_or(1) != 0;
        break;
      case RtfAction::TableDepth:
        state().table_depth = number.value_or(0);
        break;
      case RtfAction::OutlineLevel:
        state().outline_level = number.value_or(-1);
        if (state().holds == State::Holds::StyleSheet) set_style_level(state().outline_level + 1);
        break;
      case RtfAction::Style:
        state().style = number.value_or(0);
        break;
      case RtfAction::List:
        state().list = number.value_or(0);
        break;
      default:
        state().list_level = std::clamp(number.value_or(0), 0, 8);
    }
  }

  void set_style_level(int level) {
    if (level >= 1 && level <= 9) style_levels_[state().style] = level;
  }

  /// "\u7879": what stands behind it for programs without Unicode is skipped.
  void unicode(int number) {
    const auto unit = static_cast<char32_t>(number < 0 ? number + 0x10000 : number) & 0xFFFF;
    const auto high = std::exchange(high_surrogate_, 0);
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_surrogate_ = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
      if (high != 0) code_point(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
    } else {
      code_point(unit);
    }
    to_skip_ = static_cast<std::size_t>(state().unicode_skip);
  }

  void code_point(char32_t c) {
    flush();
    std::string utf8;
    text::append_utf8(utf8, c);
    put(utf8);
  }

  RtfFonts::Font& font() { return fonts_.font(state().font); }

  /// The bytes that were read since, in the code page of their font.
  void flush() {
    if (bytes_.empty()) return;
    const std::string bytes = std::exchange(bytes_, {});
    const bool in_text = state().holds == State::Holds::Text;
    put(in_text ? fonts_.decode(bytes, state().font) : fonts_.decode(bytes));
  }

  void put(std::string_view utf8) {
    switch (state().holds) {
      case State::Holds::Text:
        if (state().hidden) break;
        story().paragraph.append(fonts_.name(state().font), utf8, state().bold);
        break;
      case State::Holds::FontTable:
        put_name(utf8, [this](std::string name) { font().name = std::move(name); });
        break;
      case State::Holds::StyleSheet:
        put_name(utf8, [this](std::string_view name) {
          if (!style_levels_.contains(state().style)) set_style_level(level_of_style_name(name));
        });
        break;
      case State::Holds::Title:
        title_ += utf8;
        break;
      default:
        break;
    }
  }

  /// Names in tables end in a semicolon and may come in pieces.
  template <class Take>
  void put_name(std::string_view utf8, Take take) {
    name_ += utf8;
    const auto end = name_.find(';');
    if (end == std::string::npos) return;
    take(std::string(without_blanks(std::string_view(name_).substr(0, end))));
    name_.clear();
  }

  int depth() { return state().in_table ? std::max(state().table_depth, 1) : 0; }

  void end_paragraph() { end_paragraph(depth()); }
  void end_paragraph(int depth) {
    flush();
    FlowParagraph paragraph = std::exchange(story().paragraph, {});
    const bool numbered = std::exchange(story().numbered, false) || state().list != 0;
    const bool outlined = state().outline_level >= 0 && state().outline_level <= 8;
    const auto style = style_levels_.find(state().style);
    paragraph.heading = outlined                       ? state().outline_level + 1
                        : style != style_levels_.end() ? style->second
                                                       : 0;
    if (numbered) paragraph.list_level = state().list_level + 1;
    story().flow.paragraph(std::move(paragraph), depth);
    for (TextFlow& box : std::exchange(story().boxes, {})) {
      story().flow.append(std::move(box), depth);
    }
  }

  void end_cell(int depth) {
    end_paragraph(depth);
    story().flow.end_cell(depth);
  }

  RtfTokens tokens_;
  FlowDocument document_;
  std::vector<State> states_;   // groups in each other
  std::vector<Story> stories_;  // stories in each other, the body first
  std::vector<TextFlow> notes_, headers_;
  RtfFonts fonts_;
  std::map<int, int> style_levels_;
  int default_font_ = 0;
  std::size_t to_skip_ = 0;
  char32_t high_surrogate_ = 0;
  std::string bytes_;  // not decoded yet
  std::string name_;   // of a font or style, as far as it was read
  std::string title_;
};

class RtfExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "application/rtf"; }

  bool accepts(const Input& input) const override { return as_chars(input).starts_with("{\\rtf"); }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    auto document = RtfReader(as_chars(input), input.encoding).read();
    if (!document) return tl::unexpected(document.error());
    if (document->blocks.empty()) return text::failure("text_none");
    sink.document(std::move(*document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_rtf_extractor() { return std::make_unique<RtfExtractor>(); }

}  // namespace nhanrong::indexer
