#pragma once
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nhanrong::web {

/// Writes JSON straight into a string, for long answers: a tree of nlohmann::json costs four times
/// as much. The caller opens and closes in turn: begin('{'), key("id"), value("x7"), end('}').
class JsonWriter {
 public:
  void begin(char bracket);
  void end(char bracket);
  void key(std::string_view name);

  /// Bytes that are no UTF-8 become U+FFFD.
  void value(std::string_view text);
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(const char* text) { value(std::string_view(text)); }
  void value(double number);
  template <std::same_as<bool> Bool>
  void value(Bool flag) {
    raw(flag ? "true" : "false");
  }
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  void value(Number number) {
    raw(std::to_string(number));
  }
  template <class T>
  void value(const std::optional<T>& maybe) {
    maybe ? value(*maybe) : null();
  }
  template <class T>
  void value(const std::vector<T>& list) {
    begin('[');
    for (const T& item : list) value(item);
    end(']');
  }
  void null() { raw("null"); }

  template <class T>
  void member(std::string_view name, const T& of) {
    key(name);
    value(of);
  }

  std::string take() { return std::move(out_); }

 private:
  void raw(std::string_view written);
  void separate();

  std::string out_;
  bool first_ = true;  // nothing stands before the next value that a comma must part it from
};

}  // namespace nhanrong::web
