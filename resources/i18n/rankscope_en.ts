<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>rankscope::ui::CompareDialog</name>
    <message numerus="yes">
        <source>%n results. A method whose size is no rank gets the largest with as few numbers.</source>
        <translation>
            <numerusform>%n result. A method whose size is no rank gets the largest with as few numbers.</numerusform>
            <numerusform>%n results. A method whose size is no rank gets the largest with as few numbers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rankscope::ui::ErrorTab</name>
    <message numerus="yes">
        <source>%n results</source>
        <translation>
            <numerusform>%n result</numerusform>
            <numerusform>%n results</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rankscope::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n threads · %1</source>
        <translation>
            <numerusform>%n thread · %1</numerusform>
            <numerusform>%n threads · %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rankscope::ui::PlotView</name>
    <message numerus="yes">
        <source>%1: %n points.</source>
        <translation>
            <numerusform>%1: %n point.</numerusform>
            <numerusform>%1: %n points.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rankscope::ui::ProductPage</name>
    <message numerus="yes">
        <source>Unbiased is not accurate: the mean over draws tends to XY, yet this one estimate of %n pairs is further from XY than the zero matrix is.</source>
        <translation>
            <numerusform>Unbiased is not accurate: the mean over draws tends to XY, yet this one estimate of %n pair is further from XY than the zero matrix is.</numerusform>
            <numerusform>Unbiased is not accurate: the mean over draws tends to XY, yet this one estimate of %n pairs is further from XY than the zero matrix is.</numerusform>
        </translation>
    </message>
</context>
</TS>
