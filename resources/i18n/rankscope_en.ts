<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
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
</TS>
