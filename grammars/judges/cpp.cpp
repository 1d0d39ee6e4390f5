@@common
namespace xcoder {
inline void line(const std::string& text) {
    std::fflush(stdout);
    std::cout.flush();
    std::string all = "\n{secret} " + text + "\n";
    for (size_t at = 0; at < all.size();) { ssize_t n = ::write(1, all.data() + at, all.size() - at); if (n <= 0) ::_exit(5); at += (size_t)n; }
}
inline bool next(std::string& text) {
    static FILE* input = ::fdopen(9, "r");
    text.clear();
    for (int c; (c = std::fgetc(input)) != EOF;) { if (c == '\n') return true; text += (char)c; }
    return false;
}
inline std::vector<std::string> parts(const std::string& text) {
    std::vector<std::string> all(1);
    for (char c : text) { if (c == ' ') all.emplace_back(); else all.back() += c; }
    return all;
}
inline std::string hex(const std::string& text) {
    std::string out;
    char b[4];
    for (unsigned char c : text) { std::snprintf(b, sizeof b, "%02x", c); out += b; }
    return out;
}
struct wire {
    const char* at;
    char tag() { return *at++; }
    std::string digits() { const char* from = at; while (*at != ';') at++; return std::string(from, at++); }
    size_t count() { tag(); return std::stoul(digits()); }
};
template <class T> struct type { };
/* An array: what crosses of it, and how many items there are. */
template <class T> struct span {
    T* at;
    size_t shown, count;
    std::string items(size_t n) const;
    std::string cross() const;
    void take(wire& from);
};
template <class T> struct is_span : std::false_type { };
template <class T> struct is_span<span<T>> : std::true_type { };
template <class T> concept Array = std::is_pointer_v<T> && std::is_arithmetic_v<std::remove_pointer_t<T>> && !std::is_same_v<std::remove_cv_t<std::remove_pointer_t<T>>, char>;
template <class T> concept Range = requires(const T& t) { t.begin(); t.end(); };
template <class T> concept Keyed = Range<T> && requires { typename T::key_type; };
template <class T> concept Mapped = Keyed<T> && requires { typename T::mapped_type; };
template <class T> concept Pushed = Range<T> && requires(T& t) { t.push_back(*t.begin()); };
template <class T> struct is_pair : std::false_type { };
template <class A, class B> struct is_pair<std::pair<A, B>> : std::true_type { };
template <class T> struct is_tuple : std::false_type { };
template <class... A> struct is_tuple<std::tuple<A...>> : std::true_type { };
template <class T> struct is_optional : std::false_type { };
template <class A> struct is_optional<std::optional<A>> : std::true_type { };
template <class T> struct is_array : std::false_type { };
template <class A, size_t N> struct is_array<std::array<A, N>> : std::true_type { };

template <class T> std::string show(const T& value) {
    if constexpr (std::is_same_v<T, bool>) return value ? "t" : "f";
    else if constexpr (std::is_same_v<T, char>) return "c" + std::to_string((int)value) + ";";
    else if constexpr (std::is_integral_v<T>) return "i" + std::to_string(value) + ";";
    else if constexpr (std::is_floating_point_v<T>) {
        if (std::isnan(value)) return "dNaN;";
        if (std::isinf(value)) return value > 0 ? "dInfinity;" : "d-Infinity;";
        char buffer[64];
        std::snprintf(buffer, sizeof buffer, "%.17g", (double)value);
        return std::string("d") + buffer + ";";
    }
    else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view> || std::is_same_v<T, const char*>) return "s" + hex(std::string(value)) + ";";
    else if constexpr (requires { value.cross(); }) return value.cross();
    else if constexpr (is_pair<T>::value) return "u2;" + show(value.first) + show(value.second);
    else if constexpr (is_tuple<T>::value) return std::apply([](const auto&... items) { return "u" + std::to_string(sizeof...(items)) + ";" + (std::string() + ... + show(items)); }, value);
    else if constexpr (is_optional<T>::value) return value ? "u1;" + show(*value) : "n";
    else if constexpr (Range<T>) {
        std::string out;
        size_t count = 0;
        for (auto at = value.begin(); at != value.end(); ++at, ++count) {
            if constexpr (Mapped<T>) out += show(at->first) + show(at->second);
            else { typename T::value_type item = *at; out += show(item); }
        }
        return (Mapped<T> ? "m" : Keyed<T> ? "e" : "l") + std::to_string(count) + ";" + out;
    }
    else static_assert(sizeof(T) == 0, "xcoder: this type cannot cross");
}

template <class T> T read(wire& from) {
    if constexpr (std::is_same_v<T, bool>) return from.tag() == 't';
    else if constexpr (std::is_same_v<T, char>) { from.tag(); return (char)std::stoi(from.digits()); }
    else if constexpr (std::is_integral_v<T>) { from.tag(); std::string d = from.digits(); if constexpr (std::is_unsigned_v<T>) return (T)std::stoull(d); else return (T)std::stoll(d); }
    else if constexpr (std::is_floating_point_v<T>) { from.tag(); return (T)std::strtold(from.digits().c_str(), nullptr); }
    else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view> || std::is_same_v<T, const char*>) {
        from.tag();
        std::string d = from.digits(), out;
        for (size_t i = 0; i + 1 < d.size(); i += 2) out += (char)std::stoi(d.substr(i, 2), nullptr, 16);
        if constexpr (std::is_same_v<T, std::string>) return out;
        else return (new std::string(out))->c_str();
    }
    else if constexpr (is_pair<T>::value) { from.count(); auto a = read<std::remove_cvref_t<typename T::first_type>>(from); auto b = read<typename T::second_type>(from); return T(std::move(a), std::move(b)); }
    else if constexpr (is_tuple<T>::value) { from.count(); return [&]<class... A>(type<std::tuple<A...>>) { return std::tuple<A...>{read<A>(from)...}; }(type<T>()); }
    else if constexpr (is_optional<T>::value) { if (*from.at == 'n') { from.at++; return std::nullopt; } from.count(); return read<typename T::value_type>(from); }
    else if constexpr (is_array<T>::value) { from.count(); T out{}; for (auto& item : out) item = read<std::remove_cvref_t<decltype(item)>>(from); return out; }
    else if constexpr (Mapped<T>) { T out; for (size_t n = from.count(); n > 0; n--) { auto key = read<typename T::key_type>(from); out.insert({key, read<typename T::mapped_type>(from)}); } return out; }
    else if constexpr (Keyed<T>) { T out; for (size_t n = from.count(); n > 0; n--) out.insert(read<typename T::key_type>(from)); return out; }
    else if constexpr (Pushed<T>) { T out; for (size_t n = from.count(); n > 0; n--) out.push_back(read<typename T::value_type>(from)); return out; }
    else static_assert(sizeof(T) == 0, "xcoder: this type cannot cross");
}
template <class T> std::string span<T>::items(size_t n) const {
    std::string out = "l" + std::to_string(n) + ";";
    for (size_t i = 0; i < n; i++) out += show(std::remove_cv_t<T>(at[i]));
    return out;
}
}

@@answer
#include <algorithm>
#include <array>
#include <bitset>
#include <cassert>
#include <cctype>
#include <climits>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <exception>
#include <functional>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <queue>
#include <set>
#include <sstream>
#include <stack>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>
#include <unistd.h>
using namespace std;
{code}
#undef main
{common}
namespace xcoder {
inline char pattern(size_t at) { return (char)(at * 31 % 127 + 1); }
/* What is behind the items that crossed is room to write: what crosses back goes to the last item that is not the pattern's any more. */
template <class T> std::string span<T>::cross() const {
    if constexpr (std::is_const_v<T>) return "n";
    else {
        const char* bytes = (const char*)at;
        size_t last = count * sizeof(T);
        while (last > shown * sizeof(T) && bytes[last - 1] == pattern(last - 1)) last--;
        return at ? items((last + sizeof(T) - 1) / sizeof(T)) : "n";
    }
}
template <class T> span<T> read_span(wire& from) {
    if (*from.at == 'n') { from.at++; return { nullptr, 0, 0 }; }
    bool hasRoom = *from.at == 'u';
    if (hasRoom) from.count();
    auto items = read<std::vector<std::remove_cv_t<T>>>(from);
    size_t count = hasRoom ? from.count() : items.size();
    auto* at = (std::remove_cv_t<T>*)std::malloc(count * sizeof(T) + 1);
    for (size_t i = 0; i < count * sizeof(T); i++) ((char*)at)[i] = pattern(i);
    for (size_t i = 0; i < items.size(); i++) at[i] = items[i];
    return { at, items.size(), count };
}
template <class A> struct kept { using of = A; };
template <Array A> struct kept<A> { using of = span<std::remove_pointer_t<A>>; };
template <class A> using keep = typename kept<A>::of;
template <class A> A take(wire& from) { if constexpr (is_span<A>::value) return read_span<std::remove_pointer_t<decltype(A::at)>>(from); else return read<A>(from); }
template <class P, class A> decltype(auto) pass(A& a) { if constexpr (is_span<A>::value) return (a.at); else return std::forward<P>(static_cast<P&&>(a)); }
template <class F, class... A> void serve(const std::string& index, const std::string& text, type<std::tuple<A...>>, F call) {
    try {
        wire from{text.c_str()};
        from.count();
        std::tuple<A...> values{take<A>(from)...};
        std::string shown;
        if constexpr (std::is_void_v<decltype(std::apply(call, values))>) { std::apply(call, values); shown = "n"; }
        else { const std::remove_cvref_t<decltype(std::apply(call, values))> result = std::apply(call, values); shown = show(result); }
        std::string after = std::apply([](const auto&... items) { return "l" + std::to_string(sizeof...(items)) + ";" + (std::string() + ... + show(items)); }, values);
        line("= " + index + " " + shown + " " + after);
    }
    catch (const std::exception& error) { line("! " + index + " s; s" + hex(error.what()) + ";"); }
    catch (...) { line("! " + index + " s; s;"); }
}
template <class R, class... A> void call(const std::string& index, const std::string& text, R (*f)(A...)) {
    serve(index, text, type<std::tuple<keep<std::remove_cvref_t<A>>...>>(), [f](auto&... a) -> R { return f(pass<A>(a)...); });
}
template <class R, class C, class... A> void call(const std::string& index, const std::string& text, R (C::*f)(A...)) {
    serve(index, text, type<std::tuple<keep<std::remove_cvref_t<A>>...>>(), [f](auto&... a) -> R { C host{}; return (host.*f)(pass<A>(a)...); });
}
template <class R, class C, class... A> void call(const std::string& index, const std::string& text, R (C::*f)(A...) const) {
    serve(index, text, type<std::tuple<keep<std::remove_cvref_t<A>>...>>(), [f](auto&... a) -> R { C host{}; return (host.*f)(pass<A>(a)...); });
}
}

int main() {
    for (std::string text; xcoder::next(text);) {
        auto parts = xcoder::parts(text);
{entries}
    }
    return 0;
}

@@judge
#include <algorithm>
#include <array>
#include <bitset>
#include <cassert>
#include <cctype>
#include <climits>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <exception>
#include <functional>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <queue>
#include <set>
#include <sstream>
#include <stack>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>
#include <unistd.h>
using namespace std;
#undef main
{common}
namespace xcoder {
inline void refuse(const char* reason) { line(std::string("# ") + reason); ::_exit(3); }
inline std::vector<std::tuple<const char*, const char*, bool>> arrays;
template <class T> std::string span<T>::cross() const {
    if (!at) return "n";
    const char *from = (const char*)at, *to = from + count * sizeof(T);
    for (auto [start, end, isConst] : arrays) if (from < end && start < to && !(isConst && std::is_const_v<T>)) refuse("arrays of a call overlap");
    arrays.emplace_back(from, to, std::is_const_v<T>);
    return std::is_const_v<T> ? items(shown) : "u2;" + items(shown) + "i" + std::to_string(count) + ";";
}
template <class T> void span<T>::take(wire& from) {
    if (!at || std::is_const_v<T>) { from.at++; return; }
    auto now = read<std::vector<std::remove_cv_t<T>>>(from);
    if constexpr (!std::is_const_v<T>) for (size_t i = 0; i < now.size() && i < count; i++) if (show(at[i]) != show((T)now[i])) at[i] = now[i];
}
template <class T> span<T> array(T* at, long long length) {
    if (at && length < 0) refuse("the length of an array is not known");
    size_t count = at ? (size_t)length : 0;
    return { at, count, count };
}
template <class T> void restore(T& value, wire& from) {
    if constexpr (is_span<T>::value) value.take(from);
    else if constexpr (std::is_const_v<T>) (void)read<std::remove_cv_t<T>>(from);
    else { auto now = read<T>(from); if (show(now) != show(value)) value = now; }
}
template <class R, class... A> R ask(const char* key, A&&... values) {
    arrays.clear();
    line(std::string("? ") + key + " l" + std::to_string(sizeof...(values)) + ";" + (std::string() + ... + show(values)));
    std::string text;
    if (!next(text)) ::_exit(4);
    auto reply = parts(text);
    if (reply[0] == "!") { wire from{reply[2].c_str()}; throw std::runtime_error(read<std::string>(from)); }
    if (reply[2][0] == 'l') { wire after{reply[2].c_str()}; after.count(); (restore(values, after), ...); }
    if constexpr (!std::is_void_v<R>) { wire from{reply[1].c_str()}; return read<std::remove_cvref_t<R>>(from); }
}
}
{stubs}
{tests}
int main() {
    run_tests();
    xcoder::line("$");
    return 0;
}
