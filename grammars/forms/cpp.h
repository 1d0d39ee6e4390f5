@@common
// Stand-in for test frameworks. A failed check throws xcoder_assertion, so that the first one ends the run.
// No header that declares common names (such as log, y1 and index) outside of std is included.
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

struct xcoder_assertion : std::logic_error {
    using std::logic_error::logic_error;
};

namespace xcoder {

// Thrown by tests that skip themselves.
struct Skip {};

struct Result {
    bool holds;
    std::string text;
};

// Text that grows by <<.
class Message {
public:
    template <class T>
    Message& operator<<(const T& value)
    {
        stream << value;
        return *this;
    }

    Message& operator<<(std::ostream& (*manipulator)(std::ostream&))
    {
        stream << manipulator;
        return *this;
    }

    // Some frameworks separate the parts by commas.
    template <class T>
    Message& operator,(const T& value)
    {
        return *this << value;
    }

    std::string text() const { return stream.str(); }

private:
    std::ostringstream stream;
};

template <class T>
std::string text(const T& value)
{
    if constexpr (std::is_same_v<T, bool>) return value ? "true" : "false";
    else if constexpr (std::is_same_v<T, std::nullptr_t>) return "nullptr";
    else if constexpr (std::is_convertible_v<T, const char*>) {
        const char* pointer = value;
        return pointer ? '"' + std::string(pointer) + '"' : "nullptr";
    }
    else if constexpr (std::is_convertible_v<T, std::string>) return '"' + std::string(value) + '"';
    else if constexpr (requires(std::ostream& stream) { stream << value; }) return (Message() << value).text();
    else if constexpr (requires { value.begin(); value.end(); }) {
        std::string items;
        for (const auto& item : value) items += (items.empty() ? "" : ", ") + text(item);
        return "{" + items + "}";
    }
    else if constexpr (requires { value.first; value.second; }) return "(" + text(value.first) + ", " + text(value.second) + ")";
    else return "an object";
}

template <class A, class B, class Test>
Result compare(const char* expression, const A& a, const B& b, Test test)
{
    if (test(a, b)) return {true, ""};
    return {false, std::string(expression) + " is false for " + text(a) + " and " + text(b)};
}

inline double magnitude(double number) { return number < 0 ? -number : number; }

inline Result near(const char* expression, double a, double b, double tolerance)
{
    return compare(expression, a, b, [tolerance](double x, double y) { return x == y || magnitude(x - y) <= tolerance; });
}

// Runs code that must throw a type. The inspection says whether the exception is the expected one.
template <class E, class Code, class Inspect>
Result throws(const char* expression, Code code, Inspect inspect)
{
    try {
        code();
    } catch (const std::remove_cvref_t<E>& error) {
        return {inspect(error), std::string(expression) + " throws another exception"};
    } catch (const std::exception& error) {
        return {false, std::string(expression) + " throws another exception: " + error.what()};
    } catch (...) {
        return {false, std::string(expression) + " throws another exception"};
    }

    return {false, std::string(expression) + " throws nothing"};
}

template <class E, class Code>
Result throws(const char* expression, Code code)
{
    return throws<E>(expression, code, [](const auto&) { return true; });
}

template <class Code>
Result throws_any(const char* expression, Code code)
{
    try {
        code();
    } catch (...) {
        return {true, ""};
    }

    return {false, std::string(expression) + " throws nothing"};
}

template <class Code>
Result throws_none(const char* expression, Code code)
{
    try {
        code();
        return {true, ""};
    } catch (const std::exception& error) {
        return {false, std::string(expression) + " throws " + error.what()};
    } catch (...) {
        return {false, std::string(expression) + " throws"};
    }
}

// Notes that a failure shows, innermost last.
inline std::vector<std::string> notes;

struct Note {
    explicit Note(std::string text) { notes.push_back(std::move(text)); }
    Note(const Note&) = delete;
    ~Note() { notes.pop_back(); }
};

inline void require(const Result& result)
{
    if (result.holds) return;
    std::string text = result.text;
    for (const std::string& note : notes) text += "\n" + note;
    throw xcoder_assertion(text);
}

inline std::vector<void (*)()>& tests()
{
    static std::vector<void (*)()> all;
    return all;
}

inline bool add(void (*test)())
{
    tests().push_back(test);
    return true;
}

inline int passed = 0;

// Runs a test; throws what it throws.
inline void run(void (*test)())
{
    try {
        test();
        ++passed;
    } catch (const Skip&) {
    }
}

}

#define XCODER_JOIN_(a, b) a##b
#define XCODER_JOIN(a, b) XCODER_JOIN_(a, b)
#define XCODER_TEXT(...) (::xcoder::Message() << __VA_ARGS__).text()
#define XCODER_COMPARE(a, op, b) \
    ::xcoder::compare(#a " " #op " " #b, a, b, [](const auto& x, const auto& y) { return static_cast<bool>(x op y); })

inline void xcoder_run_all()
{
    for (auto test : xcoder::tests()) xcoder::run(test);
    if (xcoder::passed == 0) throw std::runtime_error("no test was run");
}

@@gtest
#include <bit>
#include <cstdint>
#include <string_view>
#include <tuple>

namespace xcoder {

// What a failed check becomes when its message is complete.
struct Failure {
    std::string text;

    void operator=(const Message& message) const
    {
        const std::string more = message.text();
        require({false, more.empty() ? text : text + ": " + more});
    }
};

struct Skipping {
    void operator=(const Message&) const { throw Skip(); }
};

// Whether no more than three representable numbers lie between two numbers.
template <class T>
bool almost_equal(T a, T b)
{
    using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    const auto place = [](T number) {
        const Bits bits = std::bit_cast<Bits>(number), sign = Bits(1) << (8 * sizeof(T) - 1);
        return bits & sign ? ~bits + 1 : bits | sign;
    };
    const Bits first = place(a), second = place(b);
    return a == a && b == b && (first < second ? second - first : first - second) <= 4;
}

inline std::string lower(std::string text)
{
    for (char& c : text) c = 'A' <= c && c <= 'Z' ? c - 'A' + 'a' : c;
    return text;
}

inline bool same_text(const char* a, const char* b) { return a && b ? std::string_view(a) == b : a == b; }
inline bool other_text(const char* a, const char* b) { return !same_text(a, b); }
inline bool same_letters(const char* a, const char* b) { return a && b ? lower(a) == lower(b) : a == b; }

inline bool is_enabled(const char* name) { return std::string_view(name).find("DISABLED_") == std::string_view::npos; }

template <class Fixture>
struct Suite : Fixture {
    // Prepares what its tests share, once.
    static void set_up()
    {
        static const bool ready = (Fixture::SetUpTestSuite(), true);
    }

    // The tests that run with each parameter.
    static std::vector<void (*)()>& cases()
    {
        static std::vector<void (*)()> all;
        return all;
    }

    static bool add_case(void (*test)())
    {
        cases().push_back(test);
        return true;
    }
};

}

namespace testing {

class Test {
public:
    virtual ~Test() = default;
    static void SetUpTestSuite() {}
    static bool HasFailure() { return false; }

    static void run(Test& test)
    {
        test.SetUp();
        test.TestBody();
        test.TearDown();
    }

protected:
    virtual void SetUp() {}
    virtual void TearDown() {}

private:
    virtual void TestBody() = 0;
};

template <class T>
class WithParamInterface {
public:
    using ParamType = T;
    static const T& GetParam() { return *xcoder_parameter; }
    inline static const T* xcoder_parameter = nullptr;
};

template <class T>
class TestWithParam : public Test, public WithParamInterface<T> {};

template <class... T>
std::tuple<T...> Values(T... values)
{
    return {values...};
}

inline std::tuple<bool, bool> Bool() { return {false, true}; }

template <class Container>
auto ValuesIn(const Container& values)
{
    return std::vector(std::begin(values), std::end(values));
}

template <class T>
auto ValuesIn(std::initializer_list<T> values)
{
    return std::vector<T>(values);
}

template <class T, class Step = int>
std::vector<T> Range(T begin, T end, Step step = 1)
{
    std::vector<T> values;
    for (T value = begin; value < end; value = static_cast<T>(value + step)) values.push_back(value);
    return values;
}

inline void InitGoogleTest(...) {}

}

namespace xcoder {

template <class Fixture>
void run_cases(const typename Fixture::ParamType& parameter)
{
    Fixture::xcoder_parameter = &parameter;
    for (auto test : Suite<Fixture>::cases()) run(test);
}

// Runs the tests of a suite with each of the values. What names the tests is ignored.
template <class Fixture, class Values, class... Naming>
void run_with(const Values& values, Naming...)
{
    if constexpr (requires { values.begin(); }) {
        for (const auto& value : values) run_cases<Fixture>(value);
    } else {
        std::apply([](const auto&... value) { (run_cases<Fixture>(value), ...); }, values);
    }

    throw Skip(); // because this is itself no test
}

}

inline int RUN_ALL_TESTS()
{
    xcoder_run_all();
    return 0;
}

#define XCODER_CLASS(suite, name, fixture, add) \
    class suite##_##name##_Test : public fixture { \
        void TestBody() override; \
    }; \
    static const bool xcoder_##suite##_##name = ::xcoder::is_enabled(#suite "." #name) && add([] { \
        ::xcoder::Suite<fixture>::set_up(); \
        suite##_##name##_Test test; \
        ::testing::Test::run(test); \
    }); \
    void suite##_##name##_Test::TestBody()

#define TEST(suite, name) XCODER_CLASS(suite, name, ::testing::Test, ::xcoder::add)
#define TEST_F(fixture, name) XCODER_CLASS(fixture, name, fixture, ::xcoder::add)
#define TEST_P(fixture, name) XCODER_CLASS(fixture, name, fixture, ::xcoder::Suite<fixture>::add_case)
#define INSTANTIATE_TEST_SUITE_P(prefix, fixture, ...) \
    static const bool xcoder_##prefix##_##fixture = ::xcoder::add([] { ::xcoder::run_with<fixture>(__VA_ARGS__); })
#define INSTANTIATE_TEST_CASE_P INSTANTIATE_TEST_SUITE_P

#define XCODER_EXPECT(result) \
    switch (0) case 0: default: \
        if (const ::xcoder::Result xcoder_result = (result); xcoder_result.holds) {} \
        else ::xcoder::Failure{xcoder_result.text} = ::xcoder::Message()

#define EXPECT_TRUE(condition) XCODER_EXPECT((::xcoder::Result{static_cast<bool>(condition), #condition " is false"}))
#define EXPECT_FALSE(condition) XCODER_EXPECT((::xcoder::Result{!static_cast<bool>(condition), #condition " is true"}))
#define EXPECT_EQ(a, b) XCODER_EXPECT(XCODER_COMPARE(a, ==, b))
#define EXPECT_NE(a, b) XCODER_EXPECT(XCODER_COMPARE(a, !=, b))
#define EXPECT_LT(a, b) XCODER_EXPECT(XCODER_COMPARE(a, <, b))
#define EXPECT_LE(a, b) XCODER_EXPECT(XCODER_COMPARE(a, <=, b))
#define EXPECT_GT(a, b) XCODER_EXPECT(XCODER_COMPARE(a, >, b))
#define EXPECT_GE(a, b) XCODER_EXPECT(XCODER_COMPARE(a, >=, b))
#define EXPECT_STREQ(a, b) XCODER_EXPECT(::xcoder::compare(#a " == " #b, a, b, ::xcoder::same_text))
#define EXPECT_STRNE(a, b) XCODER_EXPECT(::xcoder::compare(#a " != " #b, a, b, ::xcoder::other_text))
#define EXPECT_STRCASEEQ(a, b) XCODER_EXPECT(::xcoder::compare(#a " == " #b, a, b, ::xcoder::same_letters))
#define EXPECT_FLOAT_EQ(a, b) XCODER_EXPECT(::xcoder::compare(#a " == " #b, a, b, ::xcoder::almost_equal<float>))
#define EXPECT_DOUBLE_EQ(a, b) XCODER_EXPECT(::xcoder::compare(#a " == " #b, a, b, ::xcoder::almost_equal<double>))
#define EXPECT_NEAR(a, b, tolerance) XCODER_EXPECT(::xcoder::near(#a " == " #b, a, b, tolerance))
#define EXPECT_THROW(statement, type) XCODER_EXPECT(::xcoder::throws<type>(#statement, [&] { statement; }))
#define EXPECT_ANY_THROW(statement) XCODER_EXPECT(::xcoder::throws_any(#statement, [&] { statement; }))
#define EXPECT_NO_THROW(statement) XCODER_EXPECT(::xcoder::throws_none(#statement, [&] { statement; }))

#define ASSERT_TRUE EXPECT_TRUE
#define ASSERT_FALSE EXPECT_FALSE
#define ASSERT_EQ EXPECT_EQ
#define ASSERT_NE EXPECT_NE
#define ASSERT_LT EXPECT_LT
#define ASSERT_LE EXPECT_LE
#define ASSERT_GT EXPECT_GT
#define ASSERT_GE EXPECT_GE
#define ASSERT_STREQ EXPECT_STREQ
#define ASSERT_STRNE EXPECT_STRNE
#define ASSERT_STRCASEEQ EXPECT_STRCASEEQ
#define ASSERT_FLOAT_EQ EXPECT_FLOAT_EQ
#define ASSERT_DOUBLE_EQ EXPECT_DOUBLE_EQ
#define ASSERT_NEAR EXPECT_NEAR
#define ASSERT_THROW EXPECT_THROW
#define ASSERT_ANY_THROW EXPECT_ANY_THROW
#define ASSERT_NO_THROW EXPECT_NO_THROW

#define SUCCEED() ::xcoder::Message()
#define FAIL() ::xcoder::Failure{"failed"} = ::xcoder::Message()
#define ADD_FAILURE FAIL
#define GTEST_FAIL FAIL
#define GTEST_SKIP() ::xcoder::Skipping() = ::xcoder::Message()
#define SCOPED_TRACE(message) const ::xcoder::Note XCODER_JOIN(xcoder_note_, __COUNTER__){XCODER_TEXT(message)}

@@catch
#include <set>
#include <string_view>

namespace xcoder {

// A part of a test case. A case runs again until each of its innermost sections has run, one in each run.
class Section {
public:
    Section(int line, const std::string& name, const std::string& = "")
    {
        path.push_back(std::to_string(line) + name);
        if (finished.contains(path)) return;
        entered = !has_left;
        if (!entered) ++postponed;
        postponed_before = postponed;
    }

    Section(const Section&) = delete;

    ~Section()
    {
        if (entered) {
            has_left = true;
            if (postponed == postponed_before) finished.insert(path);
        }

        path.pop_back();
    }

    template <void (*test)()>
    static void run_case()
    {
        finished.clear();
        do {
            has_left = false;
            postponed = 0;
            test();
        } while (postponed > 0);
    }

    bool entered = false;

private:
    int postponed_before = 0;

    inline static std::vector<std::string> path;
    inline static std::set<std::vector<std::string>> finished;
    inline static bool has_left = false; // whether this run has been through a section
    inline static int postponed = 0;     // sections left to the next run
};

template <void (*test)()>
bool add_case(const char* = "", std::string_view tags = "")
{
    return tags.find("[.") == tags.npos && tags.find("[!hide]") == tags.npos && add(Section::run_case<test>);
}

template <class... T>
std::string texts(const char* names, const T&... values)
{
    std::string all = std::string(names) + " :=";
    ((all += " " + text(values)), ...);
    return all;
}

// A number that equals others near it.
class Approx {
public:
    explicit Approx(double value, bool is_rough = false) : value(value), is_rough(is_rough) {}

    Approx& epsilon(double share)
    {
        relative = share;
        return *this;
    }

    Approx& margin(double difference)
    {
        absolute = difference;
        return *this;
    }

    friend bool operator==(double other, const Approx& approx)
    {
        const double difference = magnitude(other - approx.value), size = magnitude(approx.value), other_size = magnitude(other);
        return other == approx.value || difference <= approx.absolute
            || difference <= approx.relative * (approx.is_rough ? 1 + (size > other_size ? size : other_size) : size);
    }

    friend bool operator<=(double other, const Approx& approx) { return other < approx.value || other == approx; }
    friend bool operator>=(double other, const Approx& approx) { return other > approx.value || other == approx; }
    friend bool operator<(double other, const Approx& approx) { return other < approx.value && other != approx; }
    friend bool operator>(double other, const Approx& approx) { return other > approx.value && other != approx; }
    friend std::ostream& operator<<(std::ostream& stream, const Approx& approx) { return stream << "about " << approx.value; }

private:
    double value, relative = 1.2e-5, absolute = 0;
    bool is_rough; // whether small numbers equal zero
};

}

namespace Catch {

using ::xcoder::Approx;

}

namespace doctest {

struct Approx : ::xcoder::Approx {
    explicit Approx(double value) : ::xcoder::Approx(value, true) {}
};

}

#define XCODER_CASE(function, ...) \
    static void function(); \
    static const bool XCODER_JOIN(function, _added) = ::xcoder::add_case<function>(__VA_ARGS__); \
    static void function()

#define XCODER_METHOD(type, fixture, ...) \
    struct type : fixture { \
        void xcoder_run(); \
        static void xcoder_test() { type().xcoder_run(); } \
    }; \
    static const bool XCODER_JOIN(type, _added) = ::xcoder::add_case<type::xcoder_test>(__VA_ARGS__); \
    void type::xcoder_run()

#define TEST_CASE(...) XCODER_CASE(XCODER_JOIN(xcoder_case_, __COUNTER__), __VA_ARGS__)
#define SCENARIO TEST_CASE
#define TEST_CASE_METHOD(fixture, ...) XCODER_METHOD(XCODER_JOIN(xcoder_case_, __COUNTER__), fixture, __VA_ARGS__)
#define TEST_CASE_FIXTURE TEST_CASE_METHOD
#define TEST_SUITE(name) namespace XCODER_JOIN(xcoder_suite_, __COUNTER__)
#define TEST_SUITE_BEGIN(name) static_assert(true)
#define TEST_SUITE_END() static_assert(true)

#define SECTION(...) \
    if (const ::xcoder::Section XCODER_JOIN(xcoder_section_, __LINE__)(__LINE__, __VA_ARGS__); \
        XCODER_JOIN(xcoder_section_, __LINE__).entered)
#define DYNAMIC_SECTION(...) SECTION(XCODER_TEXT(__VA_ARGS__))
#define SUBCASE SECTION
#define GIVEN SECTION
#define AND_GIVEN SECTION
#define WHEN SECTION
#define AND_WHEN SECTION
#define THEN SECTION
#define AND_THEN SECTION

#define XCODER_NOTE(...) const ::xcoder::Note XCODER_JOIN(xcoder_note_, __COUNTER__){__VA_ARGS__}
#define INFO(...) XCODER_NOTE(XCODER_TEXT(__VA_ARGS__))
#define CAPTURE(...) XCODER_NOTE(::xcoder::texts(#__VA_ARGS__, __VA_ARGS__))
#define MESSAGE(...) static_cast<void>(0)
#define WARN(...) static_cast<void>(0)
#define SUCCEED(...) static_cast<void>(0)
#define FAIL(...) ::xcoder::require({false, XCODER_TEXT("failed: " __VA_OPT__(<<) __VA_ARGS__)})
#define FAIL_CHECK FAIL
#define SKIP(...) throw ::xcoder::Skip()

#define CHECK(...) ::xcoder::require({static_cast<bool>(__VA_ARGS__), #__VA_ARGS__ " is false"})
#define CHECK_FALSE(...) ::xcoder::require({!static_cast<bool>(__VA_ARGS__), #__VA_ARGS__ " is true"})
#define CHECK_MESSAGE(condition, ...) \
    ::xcoder::require({static_cast<bool>(condition), XCODER_TEXT(#condition " is false: " << __VA_ARGS__)})
#define CHECK_EQ(a, b) ::xcoder::require(XCODER_COMPARE(a, ==, b))
#define CHECK_NE(a, b) ::xcoder::require(XCODER_COMPARE(a, !=, b))
#define CHECK_LT(a, b) ::xcoder::require(XCODER_COMPARE(a, <, b))
#define CHECK_LE(a, b) ::xcoder::require(XCODER_COMPARE(a, <=, b))
#define CHECK_GT(a, b) ::xcoder::require(XCODER_COMPARE(a, >, b))
#define CHECK_GE(a, b) ::xcoder::require(XCODER_COMPARE(a, >=, b))
#define CHECK_THROWS(...) ::xcoder::require(::xcoder::throws_any(#__VA_ARGS__, [&] { __VA_ARGS__; }))
#define CHECK_THROWS_AS(expression, ...) ::xcoder::require(::xcoder::throws<__VA_ARGS__>(#expression, [&] { expression; }))
#define CHECK_THROWS_WITH(expression, message) CHECK_THROWS_WITH_AS(expression, message, std::exception)
#define CHECK_THROWS_WITH_AS(expression, message, ...) \
    ::xcoder::require(::xcoder::throws<__VA_ARGS__>( \
        #expression, [&] { expression; }, [&](const auto& error) { return error.what() == std::string(message); }))
#define CHECK_NOTHROW(...) ::xcoder::require(::xcoder::throws_none(#__VA_ARGS__, [&] { __VA_ARGS__; }))
#define CHECK_UNARY CHECK
#define CHECK_UNARY_FALSE CHECK_FALSE

#define REQUIRE CHECK
#define REQUIRE_FALSE CHECK_FALSE
#define REQUIRE_MESSAGE CHECK_MESSAGE
#define REQUIRE_EQ CHECK_EQ
#define REQUIRE_NE CHECK_NE
#define REQUIRE_LT CHECK_LT
#define REQUIRE_LE CHECK_LE
#define REQUIRE_GT CHECK_GT
#define REQUIRE_GE CHECK_GE
#define REQUIRE_THROWS CHECK_THROWS
#define REQUIRE_THROWS_AS CHECK_THROWS_AS
#define REQUIRE_THROWS_WITH CHECK_THROWS_WITH
#define REQUIRE_THROWS_WITH_AS CHECK_THROWS_WITH_AS
#define REQUIRE_NOTHROW CHECK_NOTHROW
#define REQUIRE_UNARY CHECK_UNARY
#define REQUIRE_UNARY_FALSE CHECK_UNARY_FALSE

@@boost
namespace xcoder {

struct NoFixture {};

// Both numbers must be near each other in relation to each of them.
inline Result close(const char* expression, double a, double b, double share)
{
    return compare(expression, a, b, [share](double x, double y) {
        return magnitude(x - y) <= share * magnitude(x) && magnitude(x - y) <= share * magnitude(y);
    });
}

template <class A, class B>
Result same_items(const char* expression, A a, A a_end, B b, B b_end)
{
    for (; a != a_end && b != b_end; ++a, ++b) {
        if (!(*a == *b)) return {false, std::string(expression) + " differ: " + text(*a) + " and " + text(*b)};
    }

    return {a == a_end && b == b_end, std::string(expression) + " differ in length"};
}

}

// Suites with a fixture declare this name anew in their namespace.
using BOOST_AUTO_TEST_CASE_FIXTURE = ::xcoder::NoFixture;

#define BOOST_AUTO_TEST_SUITE(name, ...) namespace name {
#define BOOST_FIXTURE_TEST_SUITE(name, fixture, ...) namespace name { using BOOST_AUTO_TEST_CASE_FIXTURE = fixture;
#define BOOST_AUTO_TEST_SUITE_END() }
#define BOOST_AUTO_TEST_CASE(name, ...) BOOST_FIXTURE_TEST_CASE(name, BOOST_AUTO_TEST_CASE_FIXTURE)
#define BOOST_FIXTURE_TEST_CASE(name, fixture, ...) \
    struct xcoder_case_##name : fixture { \
        void xcoder_run(); \
    }; \
    static const bool xcoder_added_##name = ::xcoder::add([] { xcoder_case_##name().xcoder_run(); }); \
    void xcoder_case_##name::xcoder_run()

#define BOOST_TEST(condition, ...) ::xcoder::require({static_cast<bool>(condition), #condition " is false"})
#define BOOST_CHECK(condition) BOOST_TEST(condition)
#define BOOST_CHECK_MESSAGE(condition, message) \
    ::xcoder::require({static_cast<bool>(condition), XCODER_TEXT(#condition " is false: " << message)})
#define BOOST_CHECK_EQUAL(a, b) ::xcoder::require(XCODER_COMPARE(a, ==, b))
#define BOOST_CHECK_NE(a, b) ::xcoder::require(XCODER_COMPARE(a, !=, b))
#define BOOST_CHECK_LT(a, b) ::xcoder::require(XCODER_COMPARE(a, <, b))
#define BOOST_CHECK_LE(a, b) ::xcoder::require(XCODER_COMPARE(a, <=, b))
#define BOOST_CHECK_GT(a, b) ::xcoder::require(XCODER_COMPARE(a, >, b))
#define BOOST_CHECK_GE(a, b) ::xcoder::require(XCODER_COMPARE(a, >=, b))
#define BOOST_CHECK_EQUAL_COLLECTIONS(a, a_end, b, b_end) ::xcoder::require(::xcoder::same_items(#a " and " #b, a, a_end, b, b_end))
#define BOOST_CHECK_CLOSE(a, b, percent) ::xcoder::require(::xcoder::close(#a " == " #b, a, b, (percent) / 100.0))
#define BOOST_CHECK_CLOSE_FRACTION(a, b, share) ::xcoder::require(::xcoder::close(#a " == " #b, a, b, share))
#define BOOST_CHECK_SMALL(a, bound) ::xcoder::require(::xcoder::near(#a " == 0", a, 0, bound))
#define BOOST_CHECK_THROW(expression, type) ::xcoder::require(::xcoder::throws<type>(#expression, [&] { expression; }))
#define BOOST_CHECK_EXCEPTION(expression, type, predicate) \
    ::xcoder::require(::xcoder::throws<type>(#expression, [&] { expression; }, predicate))
#define BOOST_CHECK_NO_THROW(expression) ::xcoder::require(::xcoder::throws_none(#expression, [&] { expression; }))
#define BOOST_FAIL(message) ::xcoder::require({false, XCODER_TEXT(message)})
#define BOOST_ERROR BOOST_FAIL
#define BOOST_TEST_MESSAGE(message) static_cast<void>(0)

#define BOOST_REQUIRE BOOST_CHECK
#define BOOST_TEST_REQUIRE BOOST_TEST
#define BOOST_REQUIRE_MESSAGE BOOST_CHECK_MESSAGE
#define BOOST_REQUIRE_EQUAL BOOST_CHECK_EQUAL
#define BOOST_REQUIRE_NE BOOST_CHECK_NE
#define BOOST_REQUIRE_LT BOOST_CHECK_LT
#define BOOST_REQUIRE_LE BOOST_CHECK_LE
#define BOOST_REQUIRE_GT BOOST_CHECK_GT
#define BOOST_REQUIRE_GE BOOST_CHECK_GE
#define BOOST_REQUIRE_EQUAL_COLLECTIONS BOOST_CHECK_EQUAL_COLLECTIONS
#define BOOST_REQUIRE_CLOSE BOOST_CHECK_CLOSE
#define BOOST_REQUIRE_SMALL BOOST_CHECK_SMALL
#define BOOST_REQUIRE_THROW BOOST_CHECK_THROW
#define BOOST_REQUIRE_NO_THROW BOOST_CHECK_NO_THROW
