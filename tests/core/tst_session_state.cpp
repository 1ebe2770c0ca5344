// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <limits>

#include "core/methods/method.h"
#include "core/session/state.h"
#include "tests/support/support.h"

using namespace rankscope;

namespace {

constexpr std::uint64_t kStates = 400;  // random states a property is tried on

// A random state that only holds what a session may hold. With `line`: only what travels on a command line.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : m_random(seed, "session") {}

  std::uint64_t below(std::uint64_t count) { return m_random.bits() % count; }
  template <class T>
  const T& of(const std::vector<T>& list) {
    return list[below(list.size())];
  }

  std::string location() {
    static const std::vector<std::string> kLocations = {"/data/a.npy",
                                                        "/data/b c/it's \"so\".csv",
                                                        "/data/x.npz::layers.0/q.weight",
                                                        "gallery:hilbert,n=20",
                                                        "sample:chelsea",
                                                        "/data/Ünïcode/图.png",
                                                        "/data/--rank",
                                                        "/data/a$b`c`\\d.npy",
                                                        "/data/new\nline.npy",
                                                        "/data/a=b.npy"};
    return of(kLocations);
  }

  ViewOptions viewOptions() {
    ViewOptions view;
    view.channel = of<std::string>({"rgb", "luma", "red", "green", "blue", "alpha"});
    view.reshape = of<std::string>({"", "keep-first", "keep-last", "12,7"});
    view.complex = of<std::string>({"", "abs", "real", "imag", "stack"});
    view.nan = of<std::string>({"", "zero", "mean"});
    view.perChannel = below(2) == 1;
    return view;
  }

  Budget budget() {
    switch (below(4)) {
      case 0:
        return ByDial{1 + static_cast<Index>(below(5000))};
      case 1:
        return ByEnergy{1 - m_random.uniform() * 0.999};
      case 2:
        return ByTolerance{m_random.uniform() * 2};
      default:
        return ByRule{of<RankRule>({RankRule::GavishDonoho, RankRule::Elbow, RankRule::Numerical})};
    }
  }

  MatrixRoom room(std::size_t inputs) {
    MatrixRoom room;
    room.input = static_cast<int>(below(inputs + 1)) - 1;
    std::vector<Method> ofMatrices;
    std::copy_if(methods().begin(), methods().end(), std::back_inserter(ofMatrices),
                 [](const Method& method) { return method.kind == Kind::Matrix; });
    const Method& method = of(ofMatrices);
    room.method = method.id;
    for (const ParamSpec& spec : method.params) {
      if (below(2) == 0) continue;
      const auto* fallback = std::get_if<ParamValue>(&spec.fallback);
      if (fallback && std::holds_alternative<Index>(*fallback)) {
        const auto span = static_cast<std::uint64_t>(spec.max - spec.min) + 1;
        room.params[spec.name] = static_cast<Index>(spec.min) + static_cast<Index>(below(span));
      } else if (fallback) {
        room.params[spec.name] = *fallback;
      }
    }
    // What is no rank is given as a number only.
    room.budget = method.dial.isRank ? budget() : ByDial{1 + static_cast<Index>(below(5000))};
    room.seed = below(3) == 0 ? 0 : m_random.bits();
    for (Index i = 0; i < 20; ++i) {
      if (below(8) == 0) room.muted.push_back(i);
    }
    return room;
  }

  ProductRoom productRoom(std::size_t inputs) {
    ProductRoom room;
    room.form = of(productForms());
    room.x = static_cast<int>(below(inputs + 1)) - 1;
    room.y = static_cast<int>(below(inputs + 1)) - 1;
    room.params["scheme"] = of<std::string>({"norm", "uniform", "leverage", "own", "top"});
    if (below(2) == 0) room.params["replacement"] = of<std::string>({"with", "without", "poisson", "wta"});
    if (below(2) == 0) room.params["probabilities"] = std::vector<double>{m_random.uniform(), 0.25, 1e-300};
    room.pairs = 1 + static_cast<Index>(below(5000));
    room.trials = static_cast<Index>(below(5000));
    room.seed = below(3) == 0 ? 0 : m_random.bits();
    return room;
  }

  SessionState state() {
    SessionState state;
    state.room = of<std::string>({"matrix", "product"});
    state.precision = of<Precision>({Precision::Double, Precision::Float});
    for (std::uint64_t i = below(4); i > 0; --i) state.inputs.push_back({location(), viewOptions()});
    state.matrix = room(state.inputs.size());
    state.product = productRoom(state.inputs.size());
    for (std::uint64_t i = below(4); i > 0; --i)
      state.pins.push_back({room(state.inputs.size()), "pin “" + location() + "”"});
    for (const ViewKey& key : viewKeys()) {
      if (below(2) == 0) state.view[key.name] = key.type == ViewKey::Choice ? of(key.choices) : key.fallback;
    }
    if (below(3) == 0) state.unknown["/future"] = R"({"a":[1,2,null]})";
    if (below(3) == 0) state.unknown["/product/future"] = "7";
    if (below(3) == 0) state.unknown["/matrix/fu~1tu~0re"] = R"("kept")";
    return state;
  }

  SessionState commandLine() {
    SessionState state;
    state.precision = of<Precision>({Precision::Double, Precision::Float});
    state.inputs = {{below(8) == 0 ? "-odd.npy" : location(), viewOptions()}};
    state.matrix = room(1);
    state.matrix.input = 0;
    state.matrix.muted.clear();
    return state;
  }

  SessionState productLine() {
    SessionState state;
    state.room = "product";
    state.precision = of<Precision>({Precision::Double, Precision::Float});
    const ViewOptions view = viewOptions();
    state.inputs = {{below(8) == 0 ? "-odd.npy" : location(), view}};
    state.product = productRoom(1);
    state.product.x = 0;
    state.product.y = -1;
    if (state.product.form != "product") return state;
    const std::string other = location();
    if (other != state.inputs[0].location) state.inputs.push_back({other, view});
    state.product.y = static_cast<int>(state.inputs.size()) - 1;
    return state;
  }

 private:
  Random m_random;
};

std::vector<std::string> split(const QString& line) {
  std::vector<std::string> out;
  for (const QString& word : line.split(' ', Qt::SkipEmptyParts)) out.push_back(word.toStdString());
  return out;
}

QString lines(const std::vector<Text>& notices) {
  QString out;
  for (const Text& notice : notices) out += QString::fromStdString(notice.str()) + "\n";
  return out;
}

}  // namespace

class TstSessionState : public QObject {
  Q_OBJECT

 private slots:
  void jsonRoundTrip();
  void anEmptyObjectOfTheFormatIsAnEmptySession();
  void pathsBelowTheFolderAreWrittenRelative();
  void unknownKeysAreKeptAndNoted();
  void contentsTravelWithTheInputs();
  void whatThisVersionLacksIsNoted_data();
  void whatThisVersionLacksIsNoted();
  void hostileFilesAreRefusedInOneLine_data();
  void hostileFilesAreRefusedInOneLine();
  void argumentsRoundTrip();
  void argumentsSayOnlyWhatIsNotDefault();
  void withoutAnInputThereIsNoCommand();
  void wrongArgumentsAreUsageErrors_data();
  void wrongArgumentsAreUsageErrors();
  void outputFlagsAreLeftOut();
  void quotingKeepsPlainWordsAndProtectsOthers();
  void viewValuesFallBack();
  void panAndZoomAreNotPartOfAStep();
};

void TstSessionState::jsonRoundTrip() {
  for (std::uint64_t seed = 0; seed < kStates; ++seed) {
    const SessionState state = Draw(seed).state();
    std::vector<Text> notices;
    const std::string text = toJson(state).dump(2);
    const auto back = sessionFromJson(text, {}, notices);
    QVERIFY2(back, back ? "" : qPrintable(QString::fromStdString(back.error().message() + "\n" + text)));
    QVERIFY2(*back == state, text.c_str());
    QCOMPARE(notices.size(), state.unknown.size());
  }
}

void TstSessionState::anEmptyObjectOfTheFormatIsAnEmptySession() {
  std::vector<Text> notices;
  const auto state = sessionFromJson(R"({"format":"rankscope-session","version":1})", "/home/me", notices);
  QVERIFY(state);
  QVERIFY(*state == SessionState{});
  QVERIFY(notices.empty());
}

void TstSessionState::pathsBelowTheFolderAreWrittenRelative() {
  SessionState state;
  for (const char* location : {"/home/me/a.npy", "/home/me/sub/b.npz::x/../y", "/home/meadow/c.npy", "/other/d.npy",
                               "gallery:hilbert,n=3", "sample:chelsea", "/home/me/gallery:trap"}) {
    state.inputs.push_back({.location = location, .view = {}});
  }
  const Json json = toJson(state, "/home/me");
  const auto written = [&](std::size_t i) { return json["inputs"][i]["location"].get<std::string>(); };
  QCOMPARE(written(0), std::string("a.npy"));
  QCOMPARE(written(1), std::string("sub/b.npz::x/../y"));
  QCOMPARE(written(2), std::string("/home/meadow/c.npy"));
  QCOMPARE(written(3), std::string("/other/d.npy"));
  QCOMPARE(written(4), std::string("gallery:hilbert,n=3"));
  QCOMPARE(written(5), std::string("sample:chelsea"));
  QCOMPARE(written(6), std::string("./gallery:trap"));
  std::vector<Text> notices;
  const auto here = sessionFromJson(json.dump(), "/home/me", notices);
  QVERIFY(here);
  QVERIFY(*here == state);
  const auto moved = sessionFromJson(json.dump(), "/mnt/stick", notices);
  QVERIFY(moved);
  QCOMPARE(moved->inputs[0].location, std::string("/mnt/stick/a.npy"));
  QCOMPARE(moved->inputs[3].location, std::string("/other/d.npy"));
  state.inputs = {{.location = "typed.npy", .view = {}}};  // as typed in a terminal
  QCOMPARE(toJson(state, "/nowhere")["inputs"][0]["location"].get<std::string>(),
           (std::filesystem::current_path() / "typed.npy").string());
}

void TstSessionState::unknownKeysAreKeptAndNoted() {
  const std::string text = R"({"format":"rankscope-session","version":1,"later":{"x":[1,2.5,"s"]},
    "matrix":{"input":-1,"wish":true},"view":{"tab":"error","hologram":"on"}})";
  std::vector<Text> notices;
  const auto state = sessionFromJson(text, {}, notices);
  QVERIFY(state);
  QCOMPARE(notices.size(), std::size_t{3});
  QVERIFY(lines(notices).contains("later"));
  QVERIFY(lines(notices).contains("matrix.wish"));
  QVERIFY(lines(notices).contains("view.hologram"));
  const Json again = toJson(*state);
  QVERIFY(again["later"] == Json::parse(R"({"x":[1,2.5,"s"]})"));
  QVERIFY(again["matrix"]["wish"] == Json(true));
  QVERIFY(again["view"]["hologram"] == Json("on"));
}

void TstSessionState::contentsTravelWithTheInputs() {
  SessionState state;
  state.inputs = {{.location = "/d/a.npy", .view = {}}, {.location = "gallery:hilbert,n=3", .view = {}}};
  const InputContents contents = {{state.inputs[0], Fingerprint{.high = 0x0123456789abcdef, .low = 42}}};
  std::vector<Text> notices;
  InputContents back;
  QVERIFY(sessionFromJson(toJson(state, "/d", contents).dump(), "/d", notices, &back));
  QVERIFY(back == contents);
  QVERIFY(notices.empty());
}

void TstSessionState::whatThisVersionLacksIsNoted_data() {
  QTest::addColumn<QString>("body");
  QTest::addColumn<QString>("named");
  QTest::newRow("room") << R"("room":"lora")"
                        << "lora";
  QTest::newRow("method") << R"("matrix":{"method":"nystrom","params":{"p":1}})"
                          << "nystrom";
  QTest::newRow("parameter") << R"("matrix":{"method":"rsvd","params":{"sharpness":3}})"
                             << "sharpness";
  QTest::newRow("value of a parameter") << R"("matrix":{"method":"rsvd","params":{"power":-7}})"
                                        << "power";
  QTest::newRow("type of a parameter") << R"("matrix":{"method":"rsvd","params":{"power":"many"}})"
                                       << "power";
  QTest::newRow("method of a product") << R"("product":{"method":"svdd","params":{"p":1}})"
                                       << "svdd";
  QTest::newRow("view value") << R"("view":{"axes":"cubist"})"
                              << "view.axes";
  QTest::newRow("view number") << R"("view":{"zoom":"nan"})"
                               << "view.zoom";
  QTest::newRow("key of an input") << R"("inputs":[{"location":"/a","colour":1}])"
                                   << "inputs[0].colour";
}

void TstSessionState::whatThisVersionLacksIsNoted() {
  QFETCH(QString, body);
  QFETCH(QString, named);
  std::vector<Text> notices;
  const auto state =
      sessionFromJson(R"({"format":"rankscope-session","version":1,)" + body.toStdString() + "}", {}, notices);
  QVERIFY2(state, state ? "" : qPrintable(QString::fromStdString(state.error().message())));
  QCOMPARE(notices.size(), std::size_t{1});
  QVERIFY2(lines(notices).contains(named), qPrintable(lines(notices)));
  QVERIFY(state->matrix.params.empty());
  std::vector<Text> none;
  QVERIFY(sessionFromJson(toJson(*state).dump(), {}, none));  // what was read can be written and read again
  QVERIFY(none.empty());
}

void TstSessionState::hostileFilesAreRefusedInOneLine_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QString>("named");
  const auto body = [](const char* inner) {
    return QByteArray(R"({"format":"rankscope-session","version":1,)") + inner + "}";
  };
  QTest::newRow("empty") << QByteArray("") << "not JSON";
  QTest::newRow("not json") << QByteArray("hello\nworld") << "not JSON";
  QTest::newRow("cut") << QByteArray(R"({"format":"rankscope-session","ver)") << "not JSON";
  QTest::newRow("binary") << QByteArray("\x93NUMPY\x01\x00", 8) << "not JSON";
  QTest::newRow("number out of range") << body(R"("matrix":{"budget":{"tol":1e999}})") << "out of range";
  QTest::newRow("list") << QByteArray("[]") << "not a Rankscope session";
  QTest::newRow("other json") << QByteArray(R"({"a":1})") << "not a Rankscope session";
  QTest::newRow("no version") << QByteArray(R"({"format":"rankscope-session"})") << "version";
  QTest::newRow("newer") << QByteArray(R"({"format":"rankscope-session","version":7})") << "newer";
  QTest::newRow("version zero") << QByteArray(R"({"format":"rankscope-session","version":0})") << "version";
  QTest::newRow("version text") << QByteArray(R"({"format":"rankscope-session","version":"1"})") << "version";
  QTest::newRow("deep") << body(("\"x\":" + QByteArray(100000, '[') + QByteArray(100000, ']')).constData()) << "nested";
  QTest::newRow("too large") << QByteArray(static_cast<int>(kMostSessionBytes) + 1, ' ') << "larger";
  QTest::newRow("many inputs") << body(("\"inputs\":[" + QByteArray("1,").repeated(20000) + "1]").constData())
                               << "inputs:";
  QTest::newRow("inputs is an object") << body(R"("inputs":{})") << "inputs:";
  QTest::newRow("input is a text") << body(R"("inputs":["a.npy"])") << "inputs[0]:";
  QTest::newRow("input without location") << body(R"("inputs":[{"channel":"rgb"}])") << "inputs[0]:";
  QTest::newRow("empty location") << body(R"("inputs":[{"location":""}])") << "inputs[0].location:";
  QTest::newRow("zero byte") << body(R"("inputs":[{"location":"/etc/a\u0000b"}])") << "inputs[0].location:";
  QTest::newRow("channel") << body(R"("inputs":[{"location":"/a","channel":"infrared"}])") << "inputs[0].channel:";
  QTest::newRow("index out of range") << body(R"("inputs":[{"location":"/a"}],"matrix":{"input":1})")
                                      << "matrix.input:";
  QTest::newRow("index is huge") << body(R"("matrix":{"input":99999999999999999999})") << "matrix.input:";
  QTest::newRow("index beyond int64") << body(R"("matrix":{"input":18446744073709551615})") << "matrix.input:";
  QTest::newRow("index is a fraction") << body(R"("matrix":{"input":0.5})") << "matrix.input:";
  QTest::newRow("rank zero") << body(R"("matrix":{"budget":{"rank":0}})") << "matrix.budget.rank:";
  QTest::newRow("energy above one") << body(R"("matrix":{"budget":{"energy":1.5}})") << "matrix.budget.energy:";
  QTest::newRow("energy zero") << body(R"("matrix":{"budget":{"energy":0}})") << "matrix.budget.energy:";
  QTest::newRow("negative tolerance") << body(R"("matrix":{"budget":{"tol":-1}})") << "matrix.budget.tol:";
  QTest::newRow("two budgets") << body(R"("matrix":{"budget":{"tol":0.1,"rank":3}})") << "matrix.budget:";
  QTest::newRow("rule") << body(R"("matrix":{"budget":{"rule":"dice"}})") << "matrix.budget.rule:";
  QTest::newRow("negative seed") << body(R"("matrix":{"seed":-1})") << "matrix.seed:";
  QTest::newRow("muted negative") << body(R"("matrix":{"muted":[3,-1]})") << "matrix.muted[1]:";
  QTest::newRow("param is an object") << body(R"("matrix":{"method":"rsvd","params":{"power":{}}})")
                                      << "matrix.params.power:";
  QTest::newRow("form of a product") << body(R"("product":{"form":"square"})") << "product.form:";
  QTest::newRow("side of a product") << body(R"("product":{"x":0})") << "product.x:";
  QTest::newRow("no pairs") << body(R"("product":{"pairs":0})") << "product.pairs:";
  QTest::newRow("trials without end") << body(R"("product":{"trials":1000001})") << "product.trials:";
  QTest::newRow("pin budget") << body(R"("pins":[{"budget":{}}])") << "pins[0].budget:";
  QTest::newRow("precision") << body(R"("precision":"half")") << "precision:";
  QTest::newRow("view number instead of text") << body(R"("view":{"zoom":3})") << "view.zoom:";
}

void TstSessionState::hostileFilesAreRefusedInOneLine() {
  QFETCH(QByteArray, text);
  QFETCH(QString, named);
  std::vector<Text> notices;
  const auto state = sessionFromJson(text.toStdString(), "/home/me", notices);
  QVERIFY(!state);
  const QString message = QString::fromStdString(state.error().message());
  QVERIFY2(state.error().kind == ErrorKind::Input, qPrintable(message));
  QVERIFY2(message.contains(named), qPrintable(message));
  QVERIFY2(!message.contains('\n') && message.size() < 300, qPrintable(message));
}

void TstSessionState::argumentsRoundTrip() {
  for (std::uint64_t seed = 0; seed < kStates; ++seed) {
    const SessionState state = seed % 3 == 0 ? Draw(seed).productLine() : Draw(seed).commandLine();
    const auto arguments = toArguments(state);
    const auto back = fromArguments(arguments);
    const std::string line = shellQuoted(arguments);
    QVERIFY2(back, back ? "" : qPrintable(QString::fromStdString(back.error().message() + "\n" + line)));
    QVERIFY2(*back == state, line.c_str());
  }
}

void TstSessionState::argumentsSayOnlyWhatIsNotDefault() {
  SessionState state;
  state.inputs = {{.location = "photo.png", .view = {}}};
  state.matrix.input = 0;
  QCOMPARE(shellQuoted(toArguments(state)), std::string("approx photo.png --method svd --rank 20"));
  state.matrix.method = "rsvd";
  state.matrix.params["power"] = Index{3};
  state.matrix.seed = 18446744073709551615u;
  state.matrix.budget = ByRule{RankRule::Elbow};
  state.precision = Precision::Float;
  state.inputs[0].view.perChannel = true;
  QCOMPARE(
      shellQuoted(toArguments(state)),
      std::string(
          "approx photo.png --method rsvd --rule elbow --param power=3 --seed 18446744073709551615 --precision float "
          "--per-channel"));
}

void TstSessionState::withoutAnInputThereIsNoCommand() {
  SessionState state;
  QVERIFY(toArguments(state).empty());
  state.matrix.input = 3;
  QVERIFY(toArguments(state).empty());
}

void TstSessionState::wrongArgumentsAreUsageErrors_data() {
  QTest::addColumn<QString>("line");
  QTest::addColumn<QString>("named");
  QTest::newRow("nothing") << ""
                           << "command";
  QTest::newRow("other command") << "spectrum a.npy"
                                 << "command";
  QTest::newRow("no input") << "approx --method svd --rank 3"
                            << "INPUT";
  QTest::newRow("two inputs") << "approx a.npy b.npy --rank 3"
                              << "b.npy";
  QTest::newRow("no rank") << "approx a.npy --method svd"
                           << "rank";
  QTest::newRow("two ranks") << "approx a.npy --rank 3 --tol 0.1"
                             << "more than once";
  QTest::newRow("rank zero") << "approx a.npy --rank 0"
                             << "--rank";
  QTest::newRow("rank text") << "approx a.npy --rank 3x"
                             << "3x";
  QTest::newRow("energy") << "approx a.npy --energy 1.01"
                          << "--energy";
  QTest::newRow("energy nan") << "approx a.npy --energy nan"
                              << "--energy";
  QTest::newRow("tolerance") << "approx a.npy --tol inf"
                             << "--tol";
  QTest::newRow("rule") << "approx a.npy --rule dice"
                        << "--rule";
  QTest::newRow("method") << "approx a.npy --rank 3 --method nystrom"
                          << "nystrom";
  QTest::newRow("parameter") << "approx a.npy --rank 3 --method rsvd --param sharpness=1"
                             << "sharpness";
  QTest::newRow("value") << "approx a.npy --rank 3 --method rsvd --param power=-1"
                         << "power";
  QTest::newRow("assignment") << "approx a.npy --rank 3 --method rsvd --param power"
                              << "name=value";
  QTest::newRow("seed") << "approx a.npy --rank 3 --seed -1"
                        << "--seed";
  QTest::newRow("channel") << "approx a.npy --rank 3 --channel infrared"
                           << "infrared";
  QTest::newRow("one factor") << "product a.npy --rank 3"
                              << "INPUT";
  QTest::newRow("form of a product") << "product a.npy --form square --rank 3"
                                     << "square";
  QTest::newRow("two factors of one") << "product a.npy b.npy --form gram --rank 3"
                                      << "b.npy";
  QTest::newRow("energy of a product") << "product a.npy b.npy --energy 0.9"
                                       << "--energy";
  QTest::newRow("trials") << "product a.npy b.npy --rank 3 --trials many"
                          << "--trials";
  QTest::newRow("option") << "approx a.npy --rank 3 --colour"
                          << "--colour";
  QTest::newRow("missing value") << "approx a.npy --rank"
                                 << "missing";
}

void TstSessionState::wrongArgumentsAreUsageErrors() {
  QFETCH(QString, line);
  QFETCH(QString, named);
  const auto state = fromArguments(split(line));
  QVERIFY(!state);
  const QString message = QString::fromStdString(state.error().message());
  QVERIFY2(state.error().kind == ErrorKind::Usage, qPrintable(message));
  QVERIFY2(message.contains(named), qPrintable(message));
}

void TstSessionState::outputFlagsAreLeftOut() {
  const auto plain = fromArguments(split("approx a.npy --method rsvd --rank 3 --param power=2"));
  const auto full =
      fromArguments(split("approx --json --out f.npz --plot spectrum=s.svg --threads 2 --no-measure --param=power=2 "
                          "--rank=3 --method=rsvd a.npy"));
  QVERIFY(plain);
  QVERIFY(full);
  QVERIFY(*plain == *full);
}

void TstSessionState::quotingKeepsPlainWordsAndProtectsOthers() {
  QCOMPARE(shellQuoted(std::vector<std::string>{"a.npy", "--param", "power=2", "gallery:hilbert,n=20"}),
           std::string("a.npy --param power=2 gallery:hilbert,n=20"));
  QCOMPARE(shellQuoted(std::vector<std::string>{"", "it's", "$(rm -rf)", "a\nb", "~"}),
           std::string("'' 'it'\\''s' '$(rm -rf)' 'a\nb' '~'"));
}

void TstSessionState::viewValuesFallBack() {
  SessionState state;
  QCOMPARE(viewValue(state, "tab"), std::string("spectrum"));
  QCOMPARE(viewNumber(state, "wipe"), 0.5);
  QCOMPARE(viewValue(state, "hologram"), std::string());
  state.view["tab"] = "error";
  state.view["wipe"] = "0.25";
  QCOMPARE(viewValue(state, "tab"), std::string("error"));
  QCOMPARE(viewNumber(state, "wipe"), 0.25);
  for (const ViewKey& key : viewKeys()) QVERIFY2(allows(key, key.fallback), key.name.c_str());
}

void TstSessionState::panAndZoomAreNotPartOfAStep() {
  SessionState before, now;
  before.view = {{"zoom", "2"}, {"tab", "error"}};
  now.view = {{"zoom", "8"}, {"centre-x", "100"}, {"tab", "layers"}};
  const SessionState restored = withPanAndZoomOf(before, now);
  QCOMPARE(viewValue(restored, "tab"), std::string("error"));
  QCOMPARE(viewValue(restored, "zoom"), std::string("8"));
  QCOMPARE(viewValue(restored, "centre-x"), std::string("100"));
}

QTEST_GUILESS_MAIN(TstSessionState)
#include "tst_session_state.moc"
