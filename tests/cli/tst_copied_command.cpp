// SPDX-License-Identifier: GPL-3.0-or-later
#include <tuple>

#include "core/methods/spectrum.h"
#include "core/session/state.h"
#include "tests/support/command.h"

using namespace rankscope;
using namespace rankscope::test;

namespace {

QJsonObject run(const SessionState& state) {
  QStringList arguments;
  for (const std::string& argument : toArguments(state)) arguments << QString::fromStdString(argument);
  const Answer answer = commandJson(arguments);
  if (answer.code != 0) qWarning().noquote() << answer.log();
  return answer.json();
}

SessionState stateOf(const std::string& location) {
  SessionState state;
  InputSpec input;
  input.location = location;
  state.inputs = {input};
  state.matrix.input = 0;
  return state;
}

}  // namespace

/// "Copy as command" is understood by the program as it was meant in the window.
class TstCopiedCommand : public QObject {
  Q_OBJECT

 private slots:
  void everyChoiceArrives();
  void everyBudgetArrives();
  void everyViewArrives();
  void everyFormOfAProductArrives();
};

void TstCopiedCommand::everyChoiceArrives() {
  SessionState state = stateOf("gallery:lowrank,n=30,m=20,rank=4");
  state.matrix.method = "rsvd";
  state.matrix.params = {{"power", Index{3}}, {"oversampling", Index{7}}};
  state.matrix.budget = ByDial{6};
  state.matrix.seed = 18446744073709551615ULL;
  state.precision = Precision::Float;
  const QJsonObject answer = run(state);
  QCOMPARE(answer["input"].toString(), "gallery:lowrank,n=30,m=20,rank=4");
  QCOMPARE(answer["method"].toString(), "rsvd");
  QCOMPARE(answer["params"].toObject(), QJsonObject({{"power", 3}, {"oversampling", 7}}));
  QCOMPARE(answer["rank"].toInt(), 6);
  QCOMPARE(answer["precision"].toString(), "float");
  QCOMPARE(answer["seed"].toDouble(), 18446744073709551615.0);
}

void TstCopiedCommand::everyBudgetArrives() {
  SessionState state = stateOf("gallery:hilbert,n=12");
  state.matrix.method = "svd";
  const auto rank = [&state](Budget budget) {
    state.matrix.budget = budget;
    return run(state)["rank"].toInt(-1);
  };
  const int byEnergy = rank(ByEnergy{0.1 + 0.2 + 0.6});  // no short decimal
  QCOMPARE(byEnergy, rank(ByDial{byEnergy}));
  QVERIFY(rank(ByTolerance{1e-12}) > rank(ByTolerance{1e-3}));
  for (const RankRule rule : {RankRule::GavishDonoho, RankRule::Elbow, RankRule::Numerical}) {
    QVERIFY2(rank(ByRule{rule}) >= 1, name(rule).c_str());
  }
}

void TstCopiedCommand::everyViewArrives() {
  SessionState state = stateOf("sample:chelsea");
  state.matrix.budget = ByDial{2};
  QCOMPARE(run(state)["shape"].toArray(), QJsonArray({300, 1353}));
  state.inputs[0].view.perChannel = true;
  QCOMPARE(run(state)["channel_ranks"].toArray(), QJsonArray({2, 2, 2}));
  state.inputs[0].view = {};
  state.inputs[0].view.channel = "luma";
  QCOMPARE(run(state)["shape"].toArray(), QJsonArray({300, 451}));
  state.inputs[0].view = {};
  state.inputs[0].location = "gallery:hilbert,n=6";
  state.inputs[0].view.reshape = "4,9";
  state.inputs[0].view.nan = "mean";
  state.inputs[0].view.complex = "abs";
  QCOMPARE(run(state)["shape"].toArray(), QJsonArray({4, 9}));
}

void TstCopiedCommand::everyFormOfAProductArrives() {
  SessionState state = stateOf("gallery:gaussian,n=12,m=9,seed=1");
  state.room = "product";
  state.product.x = 0;
  state.product.pairs = 5;
  state.product.trials = 20;
  state.product.seed = 3;
  state.product.params = {{"scheme", std::string("uniform")}};
  // M · I has a pair for each column, Mᵀ · M one for each row.
  for (const auto& [form, shape, inner] :
       {std::tuple("identity", QJsonArray({12, 9}), 9), std::tuple("gram", QJsonArray({9, 9}), 12)}) {
    state.product.form = form;
    const QJsonObject answer = run(state);
    QCOMPARE(answer["form"].toString(), QString::fromLatin1(form));
    QCOMPARE(answer["shape"].toArray(), shape);
    QCOMPARE(answer["inner"].toInt(), inner);
    QCOMPARE(answer["rank"].toInt(), 5);
    QCOMPARE(answer["trials"].toObject()["n"].toInt(), 20);
    QCOMPARE(answer["seed"].toInt(), 3);
    QCOMPARE(answer["params"].toObject()["scheme"].toString(), "uniform");
  }
}

QTEST_GUILESS_MAIN(TstCopiedCommand)
#include "tst_copied_command.moc"
