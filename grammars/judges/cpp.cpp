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
}

@@answer
#include <bits/stdc++.h>
#include <unistd.h>
using namespace std;
{code}
#undef main
{common}
namespace xcoder {
template <class F, class... A> void serve(const std::string& index, const std::string& text, type<std::tuple<A...>>, F call) {
    try {
        wire from{text.c_str()};
        from.count();
        std::tuple<A...> values{read<A>(from)...};
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
    serve(index, text, type<std::tuple<std::remove_cvref_t<A>...>>(), [f](auto&... a) -> R { return f(std::forward<A>(static_cast<A&&>(a))...); });
}
template <class R, class C, class... A> void call(const std::string& index, const std::string& text, R (C::*f)(A...)) {
    serve(index, text, type<std::tuple<std::remove_cvref_t<A>...>>(), [f](auto&... a) -> R { C host{}; return (host.*f)(std::forward<A>(static_cast<A&&>(a))...); });
}
template <class R, class C, class... A> void call(const std::string& index, const std::string& text, R (C::*f)(A...) const) {
    serve(index, text, type<std::tuple<std::remove_cvref_t<A>...>>(), [f](auto&... a) -> R { C host{}; return (host.*f)(std::forward<A>(static_cast<A&&>(a))...); });
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
#include <bits/stdc++.h>
#include <unistd.h>
using namespace std;
#undef main
{common}
namespace xcoder {
template <class T> void restore(T& value, wire& from) {
    if constexpr (std::is_const_v<T>) (void)read<std::remove_cv_t<T>>(from);
    else { auto now = read<T>(from); if (show(now) != show(value)) value = now; }
}
template <class R, class... A> R ask(const char* key, A&... values) {
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
