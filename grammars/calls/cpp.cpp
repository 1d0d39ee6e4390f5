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
#include <sys/wait.h>
#include <unistd.h>
using namespace std;
{code}
#undef main

namespace xcoder {
template <class T> std::string show(const T& value);
inline std::string text(const std::string& value) {
    std::string out = "\"";
    for (unsigned char c : value) {
        char hex[8];
        if (c == '"' || c == '\\') { out += '\\'; out += (char)c; }
        else if (c < 32 || c > 126) { std::snprintf(hex, sizeof hex, "\\x%02x", c); out += hex; }
        else out += (char)c;
    }
    return out + "\"";
}
template <class T> struct is_pair : std::false_type {};
template <class A, class B> struct is_pair<std::pair<A, B>> : std::true_type {};
template <class T> struct is_tuple : std::false_type {};
template <class... A> struct is_tuple<std::tuple<A...>> : std::true_type {};
template <class T> struct is_optional : std::false_type {};
template <class A> struct is_optional<std::optional<A>> : std::true_type {};
template <class T> concept Range = requires(const T& t) { t.begin(); t.end(); };
template <class T> concept Keyed = Range<T> && requires { typename T::key_type; };
template <class T> concept Mapped = Keyed<T> && requires { typename T::mapped_type; };
template <class T> std::string all(const T& value) {
    std::string out;
    for (auto at = value.begin(); at != value.end(); ++at) {
        typename T::value_type item = *at;
        out += (out.empty() ? "" : ",") + show(item);
    }
    return out;
}
template <class T> std::string show(const T& value) {
    if constexpr (std::is_same_v<T, bool>) return value ? "true" : "false";
    else if constexpr (std::is_same_v<T, char> || std::is_same_v<T, unsigned char> || std::is_same_v<T, signed char> || std::is_same_v<T, char32_t>) return "'" + std::to_string((int)value);
    else if constexpr (std::is_enum_v<T>) return std::to_string((long long)value);
    else if constexpr (std::is_integral_v<T>) return std::to_string(value);
    else if constexpr (std::is_floating_point_v<T>) {
        if (std::isnan(value)) return "NaN";
        if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
        char buffer[64];
        std::snprintf(buffer, sizeof buffer, std::is_same_v<T, float> ? "%.9g" : "%.17g", (double)value);
        return buffer;
    }
    else if constexpr (std::is_same_v<T, std::nullptr_t>) return "null";
    else if constexpr (std::is_convertible_v<T, std::string_view>) return text(std::string(std::string_view(value)));
    else if constexpr (is_pair<T>::value) return "[" + show(value.first) + "," + show(value.second) + "]";
    else if constexpr (is_tuple<T>::value) return std::apply([](const auto&... items) { std::string out; ((out += (out.empty() ? "" : ",") + show(items)), ...); return "[" + out + "]"; }, value);
    else if constexpr (is_optional<T>::value) return value ? show(*value) : "null";
    else if constexpr (Mapped<T>) return "M[" + all(value) + "]";
    else if constexpr (Keyed<T>) return "S[" + all(value) + "]";
    else if constexpr (Range<T>) return "[" + all(value) + "]";
    else throw std::runtime_error("unprintable");
}
inline void line(const std::string& text) {
    std::fflush(stdout);
    std::cout.flush();
    std::string all = "\n{secret} " + text + "\n";
    (void)!write(1, all.data(), all.size());
}
template <class F> void call(int index, F target) {
    const char* from = std::getenv("XCODER_FROM");
    if (from && index < std::atoi(from)) return;
    line("@ " + std::to_string(index));
    pid_t child = fork();
    if (child == 0) {
        alarm(2);
        try { line("= " + std::to_string(index) + " " + target()); }
        catch (const std::exception& error) { std::string text = error.what(); for (auto& c : text) if (c < 32 || c > 126) c = ' '; line("! " + std::to_string(index) + " " + text.substr(0, 200)); }
        catch (...) { line("! " + std::to_string(index) + " thrown"); }
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) line(WTERMSIG(status) == SIGALRM ? "~ 124" : "! " + std::to_string(index) + " signal " + std::to_string(WTERMSIG(status)));
}
template <class F> std::string result(F target) {
    if constexpr (std::is_void_v<decltype(target())>) { target(); return "null"; }
    else { const auto value = target(); return show(value); }
}
}

int main() {
{calls}
    xcoder::line("$");
    return 0;
}
